package io.payonce.dns;

import java.net.InetAddress;
import java.util.List;

/** Holds the addresses of a name, and for how long they are good. */
record FoundAddresses(List<InetAddress> addresses, long lifeMillis) {}
