package io.payonce.http.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how many connections there may be. Each is a file descriptor, of which a process has only so
 * many: without one no connection is accepted any more, neither the platform nor whoever asks how
 * we are.
 *
 * @param callers connections of callers
 * @param platform connections to the platform
 */
public record FileDescriptors(int callers, int platform) {
  private static final Logger LOG = LoggerFactory.getLogger(FileDescriptors.class);

  /**
   * For Redis, the admin port, name servers and files that are read again. At half, a pod with a
   * Redis cluster could not ask all its nodes; at double, a process with few descriptors serves
   * fewer callers.
   */
  static final int KEPT = 56;

  /**
   * Those of the admin port, of the kept ones; a browser has six, a probe and a scraper one each.
   */
  private static final int FEWEST_ADMIN = 32;

  /** Where there is plenty: the longer a new one lasts when many come, the surer it is answered. */
  private static final int MOST_ADMIN = 256;

  private static final int PLENTY = 4096;

  /** However few there are, some calls are to be served. */
  private static final int FEWEST = 4;

  /**
   * What is asked for, or what there is room for: a call has a connection on each side, so neither
   * gets more than half while the other lacks them.
   */
  static FileDescriptors share(long most, long open, int callers, int platform, int besides) {
    long room = Math.max(2 * FEWEST, most - open - KEPT - besides);
    long forCallers = Math.min(callers, Math.max(room / 2, room - platform));
    long forPlatform = Math.min(platform, room - forCallers);
    return new FileDescriptors((int) forCallers, (int) forPlatform);
  }

  /** How many the admin port may have, and the port of the platform's notifications. */
  public static int ofOtherPort() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() < PLENTY
        ? FEWEST_ADMIN
        : MOST_ADMIN;
  }

  /**
   * The same for this process as it is now; says so when it is not what was asked for.
   *
   * @param besides of other ports, which are kept
   */
  public static FileDescriptors share(int callers, int platform, int besides) {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return new FileDescriptors(callers, platform);
    }
    long most = unix.getMaxFileDescriptorCount();
    FileDescriptors shared =
        share(most, unix.getOpenFileDescriptorCount(), callers, platform, besides);
    if (shared.callers < callers || shared.platform < platform) {
      LOG.warn(
          "connections limited: {} files may be opened, at most {} connections of callers (server.maxConnections"
              + " says {}) and {} to the platform (upstream.maxConnections says {}); raise the"
              + " limit (ulimit -n)",
          most,
          shared.callers,
          callers,
          shared.platform,
          platform);
    }
    return shared;
  }
}
