/**
 * The language of fault scripts. Begin with {@link io.payonce.sandbox.script.ScriptParser}.
 *
 * <p>Sees nothing else of ours.
 */
package io.payonce.sandbox.script;
