package io.payonce.redis.failure;

import java.util.Map;
import java.util.Set;

/** Says what each error word means, and what operators do about it. */
public final class ErrorMeaning {
  private static final Map<String, String> TABLE = Map.ofEntries(
      Map.entry("ASK", "a slot is being moved, and not there yet"),
      Map.entry("BUSY", "a script of another program keeps it busy"),
      Map.entry("CERTIFICATE", "its certificate is not to be trusted"),
      Map.entry("CLUSTERDOWN", "its cluster does not serve these slots: look at its nodes"),
      Map.entry("CROSSSLOT", "keys of one script are in two slots"),
      Map.entry("DENIED", "it takes no strangers (protected-mode): give it a password"),
      Map.entry("ERR", "it does not understand what it is asked"),
      Map.entry("ERROR", "it does not understand what it is asked"),
      Map.entry("LOADING", "it is reading its file after a start"),
      Map.entry("LOST", "the connection ended before the answer"),
      Map.entry("MASTERDOWN", "it is a replica that has lost its primary"),
      Map.entry("MAXCLIENTS", "it has as many clients as it takes (maxclients)"),
      Map.entry("MISCONF", "it cannot write its file: look at its disk"),
      Map.entry("MOVED", "it is a node of a cluster: set redis.mode: cluster"),
      Map.entry("NOAUTH", "it wants a password (redis.uris)"),
      Map.entry("NOPERM", "its ACL does not let this user do all that is needed"),
      Map.entry("NOPROTO", "it speaks another protocol"),
      Map.entry("NOREPLICAS", "it takes no writes with so few replicas connected"),
      Map.entry("NOSCRIPT", "it forgets scripts"),
      Map.entry("NOT_CONNECTED", "no connection"),
      Map.entry("NOT_OPENED", "this pod may not use what is there: /health/ready says why"),
      Map.entry("NOT_REPLICATED", "fewer replicas than redis.minReplicas acknowledge in time"),
      Map.entry("NO_CLUSTER", "it is no node of a cluster: look at redis.mode"),
      Map.entry("OOM", "its memory is full: give it more"),
      Map.entry("OVERLOADED", "too many commands wait for it"),
      Map.entry("READONLY", "it is a replica: a failover runs, or the address is wrong"),
      Map.entry("REFUSED", "it takes no such command"),
      Map.entry("TIMEOUT", "no answer in time"),
      Map.entry("TLS", "no TLS could be agreed upon: is it rediss:// there?"),
      Map.entry("TRYAGAIN", "a slot is being moved, and not there yet"),
      Map.entry("UNKNOWN_HOST", "its name leads to no address (DNS)"),
      Map.entry("UNKNOWN_MASTER", "the sentinels know no such primary (redis.sentinelMaster)"),
      Map.entry("UNREACHABLE", "nothing listens there, or no route leads there"),
      Map.entry("WRONGPASS", "user or password are wrong (redis.uris)"));

  private ErrorMeaning() {}

  static Set<String> words() {
    return TABLE.keySet();
  }

  /** A sentence about one of {@link RedisFailure#labels}. */
  public static String of(String word) {
    return TABLE.getOrDefault(word, TABLE.get("ERR"));
  }
}
