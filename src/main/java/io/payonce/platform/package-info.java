/** Whom we call: the port to the payment platform, and its adapter over HTTP. */
package io.payonce.platform;
