package io.payonce.dns;

import java.net.InetAddress;
import java.util.List;

/** What a name leads to, for so long. */
record FoundAddresses(List<InetAddress> addresses, long lifeMillis) {}
