/**
 * The simulated world: the real flows, run by several pods in virtual time among everything that a
 * data centre and the platform may do to them. One thread, no sleeps, one seed a world. Begin with
 * {@link io.payonce.world.World}.
 */
package io.payonce.world;
