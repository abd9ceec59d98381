package io.payonce.dns;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A DNS server of a test on the loopback interface; it knows what it was given last. */
public final class DnsServer implements AutoCloseable {
  public static final int SERVFAIL = 2;
  public static final int NXDOMAIN = 3;

  private static final int NO_ERROR = 0;
  private static final int SILENT = -1;
  private static final int A = 1;
  private static final int CNAME = 5;
  private static final int AAAA = 28;

  private record Record(String name, int type, int seconds, byte[] data) {}

  private record Zone(int code, List<Record> records) {}

  private static boolean isWarm;

  private final DatagramSocket socket;
  private final Map<String, Zone> zones = new ConcurrentHashMap<>();
  private final Map<String, Map<Integer, Integer>> failing = new ConcurrentHashMap<>();
  public final AtomicInteger questions = new AtomicInteger();

  public DnsServer() {
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "test-dns");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Ten times as hasty as others, so that tests need not wait. */
  public HostNames names() {
    warm();
    return HostNames.from(address(), 100);
  }

  /** The first look-up of a JVM may take a busy machine longer than any is waited for. */
  private static synchronized void warm() {
    if (isWarm) {
      return;
    }
    Vertx vertx = Vertx.vertx();
    try (DnsServer dns = new DnsServer()) {
      dns.tell("warm.test", 60, "127.0.0.1");
      Host host = HostNames.from(dns.address(), 100).host("warm.test");
      await().ignoreExceptions().until(() -> host.next(vertx, Set.of()).await() != null);
      isWarm = true;
    } finally {
      vertx.close().await();
    }
  }

  /** From now on the name has these addresses and no others. */
  public void tell(String name, int seconds, String... addresses) {
    zones.put(name, new Zone(NO_ERROR, records(name, seconds, addresses)));
  }

  /** The name is an alias for so long; what it stands for holds longer. */
  public void alias(String name, int seconds, String target, String... addresses) {
    List<Record> records = new ArrayList<>();
    records.add(new Record(name, CNAME, seconds, encoded(target)));
    records.addAll(records(target, 3600, addresses));
    zones.put(name, new Zone(NO_ERROR, records));
  }

  public void fail(String name, int code) {
    zones.put(name, new Zone(code, List.of()));
  }

  /** The same for addresses like this one only; the others are named on. */
  void fail(String name, int code, String like) {
    int type = like.contains(":") ? AAAA : A;
    failing.put(name, Map.of(type, code));
  }

  public void hush(String name) {
    zones.put(name, new Zone(SILENT, List.of()));
  }

  private static List<Record> records(String name, int seconds, String... addresses) {
    List<Record> records = new ArrayList<>();
    for (String text : addresses) {
      try {
        byte[] bytes = InetAddress.getByName(text).getAddress();
        records.add(new Record(name, bytes.length == 4 ? A : AAAA, seconds, bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return records;
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket asked = new DatagramPacket(buffer, buffer.length);
        socket.receive(asked);
        questions.incrementAndGet();
        byte[] answer = answer(ByteBuffer.wrap(buffer, 0, asked.getLength()));
        if (answer.length > 0) {
          socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
        }
      } catch (IOException e) {
        // closed
      }
    }
  }

  private byte[] answer(ByteBuffer asked) throws IOException {
    int id = asked.getShort(0);
    asked.position(12);
    StringBuilder name = new StringBuilder();
    for (int length = asked.get(); length > 0; length = asked.get()) {
      byte[] label = new byte[length];
      asked.get(label);
      name.append(name.isEmpty() ? "" : ".")
          .append(new String(label, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
    }
    int type = asked.getShort();
    Zone zone = zones.getOrDefault(name.toString(), new Zone(NXDOMAIN, List.of()));
    List<Record> records = zone.records().stream()
        .filter(record -> record.type() == type || record.type() == CNAME)
        .toList();
    if (zone.code() == SILENT) {
      return new byte[0];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(id);
    Integer fault = failing.getOrDefault(name.toString(), Map.of()).get(type);
    out.writeShort(0x8180 | (fault == null ? zone.code() : fault));
    out.writeShort(1);
    records = fault == null ? records : List.of();
    out.writeShort(records.size());
    out.writeInt(0);
    out.write(encoded(name.toString()));
    out.writeShort(type);
    out.writeShort(1);
    for (Record record : records) {
      out.write(encoded(record.name()));
      out.writeShort(record.type());
      out.writeShort(1);
      out.writeInt(record.seconds());
      out.writeShort(record.data().length);
      out.write(record.data());
    }
    return bytes.toByteArray();
  }

  private static byte[] encoded(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String label : name.split("\\.")) {
      bytes.write(label.length());
      bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
