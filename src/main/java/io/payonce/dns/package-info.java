/** Where host names lead: all addresses, asked for again in time and when a connect fails. */
package io.payonce.dns;
