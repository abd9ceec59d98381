package io.payonce.outcome.http;

import io.payonce.dns.Host;
import io.payonce.dns.HostNames;
import io.payonce.outcome.HookUrl;
import io.payonce.outcome.NotifyUrlGuard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks up where hooks' names lead, each address checked before a connection goes to that very
 * address: a name is looked up once, so that it cannot lead elsewhere between the check and the
 * connection.
 */
final class HookAddresses {
  /** Callers choose the names; what is known of one unused for long is forgotten. */
  private static final int MOST_NAMES = 1000;

  private final Vertx vertx;
  private final HostNames names;
  private final NotifyUrlGuard guard;
  private final Map<String, Host> used = new LinkedHashMap<>(16, 0.75f, true);

  HookAddresses(Vertx vertx, HostNames names, NotifyUrlGuard guard) {
    this.vertx = vertx;
    this.names = names;
    this.guard = guard;
  }

  /**
   * One that was not tried. Fails with {@link NotAllowed} when any of the host's may not be gone
   * to, and as {@link Host#next} does.
   */
  Future<InetAddress> next(HookUrl url, Collection<InetAddress> tried) {
    if (url.address() != null) {
      return checked(url, List.of(url.address()), url.address());
    }
    Host host = host(url.host());
    return host.next(vertx, tried).compose(next -> checked(url, host.addresses(), next));
  }

  private Future<InetAddress> checked(HookUrl url, List<InetAddress> all, InetAddress next) {
    return guard.leadOut(all, url.port()) && guard.leadOut(List.of(next), url.port())
        ? Future.succeededFuture(next)
        : Future.failedFuture(new NotAllowed());
  }

  /** Another address comes first from now on. */
  void failed(HookUrl url, InetAddress address) {
    if (url.address() == null) {
      host(url.host()).failed(address);
    }
  }

  /** How many there are to try, at most. */
  int size(HookUrl url) {
    return url.address() == null ? host(url.host()).size() : 1;
  }

  private Host host(String name) {
    Host host = used.computeIfAbsent(name, names::host);
    if (used.size() > MOST_NAMES) {
      String eldest = used.keySet().iterator().next();
      used.remove(eldest);
      names.forget(eldest);
    }
    return host;
  }

  /** Nothing may go where it leads. */
  static final class NotAllowed extends Exception {
    private static final long serialVersionUID = 1;

    NotAllowed() {
      super("its name leads where nothing may go", null, false, false);
    }
  }
}
