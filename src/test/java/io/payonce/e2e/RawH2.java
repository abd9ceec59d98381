package io.payonce.e2e;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** HTTP/2 frame by frame, as no library would send it. */
final class RawH2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final int READ_MILLIS = 60_000;

  private final SSLSocket socket;
  private final DataInputStream in;

  record Frame(int type, int flags, int stream, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.ISO_8859_1);
    }
  }

  /** Says hello as every client does. */
  RawH2(int port) throws IOException {
    socket = (SSLSocket)
        trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(READ_MILLIS);
    socket.startHandshake();
    in = new DataInputStream(socket.getInputStream());
    bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    frame(SETTINGS, 0, 0);
  }

  RawH2 bytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  RawH2 frame(int type, int flags, int stream, byte... payload) throws IOException {
    return bytes(framed(type, flags, stream, payload));
  }

  /** The same so many times, in few packets. */
  RawH2 flood(int times, byte[] frame) throws IOException {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      many.write(frame);
    }
    return bytes(many.toByteArray());
  }

  static byte[] framed(int type, int flags, int stream, byte... payload) {
    byte[] frame = new byte[9 + payload.length];
    frame[0] = (byte) (payload.length >> 16);
    frame[1] = (byte) (payload.length >> 8);
    frame[2] = (byte) payload.length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    System.arraycopy(number(stream), 0, frame, 5, 4);
    System.arraycopy(payload, 0, frame, 9, payload.length);
    return frame;
  }

  static byte[] number(int value) {
    return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  /** HPACK without its tables: each field is spelled out. */
  static byte[] fields(List<Map.Entry<String, String>> fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    fields.forEach(field -> {
      block.write(0);
      literal(block, field.getKey());
      literal(block, field.getValue());
    });
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.write(rest & 127 | 128);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  /** The next frame; null when the connection has ended. */
  Frame next() throws IOException {
    try {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt() & Integer.MAX_VALUE;
      return new Frame(type, flags, stream, in.readNBytes(length));
    } catch (EOFException end) {
      return null;
    } catch (SocketTimeoutException silence) {
      throw silence;
    } catch (IOException reset) {
      return null;
    }
  }

  /** Reads on to a frame of that type on that stream; null when the connection ends before it. */
  Frame await(int type, int stream) throws IOException {
    Frame frame = next();
    while (frame != null && (frame.type() != type || frame.stream() != stream)) {
      frame = next();
    }
    return frame;
  }

  /** Reads on until the stream has been answered or reset, or the connection has ended. */
  Frame end(int stream) throws IOException {
    Frame frame = next();
    while (frame != null
        && frame.type() != GOAWAY
        && (frame.stream() != stream
            || frame.type() != RST_STREAM
                && (frame.type() == WINDOW_UPDATE || (frame.flags() & END_STREAM) == 0))) {
      frame = next();
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static SSLContext trusting() {
    X509TrustManager all = new X509TrustManager() {
      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type) {}

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
      }
    };
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {all}, new SecureRandom());
      return context;
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
