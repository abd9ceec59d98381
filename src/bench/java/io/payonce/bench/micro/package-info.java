/** The parts of a payment one by one, under JMH: time and bytes allocated. */
package io.payonce.bench.micro;
