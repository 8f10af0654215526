package io.shardquake.harness.conformance.wire;

import io.shardquake.node.core.bus.BusCodec;
import io.shardquake.node.core.bus.BusFramer;
import io.shardquake.node.core.bus.BusMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;

/** One connection of the cluster bus, whoever opened it. Sending is thread-safe. */
final class BusLink implements AutoCloseable {
  private static final int CONNECT_MILLIS = 3000;

  private final Socket socket;

  /** What becomes of what arrives; called on the link's own thread. */
  interface Listener {
    void arrived(BusLink link, byte[] bytes, Optional<BusMessage> message);

    void ended(BusLink link);
  }

  BusLink(Socket socket) {
    this.socket = socket;
  }

  static BusLink open(String host, int busPort) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, busPort), CONNECT_MILLIS);
      return new BusLink(socket);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  /** Reads on a thread of its own until the connection ends. */
  void listen(Listener listener) {
    Thread reader = new Thread(() -> read(listener), "bus-peer");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Listener listener) {
    BusFramer framer = new BusFramer();
    byte[] buffer = new byte[1 << 16];
    try (socket) {
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        framer.feed(Arrays.copyOf(buffer, n));
        for (Optional<byte[]> next = framer.next(); next.isPresent(); next = framer.next()) {
          listener.arrived(this, next.get(), BusCodec.decode(next.get()));
        }
      }
      listener.ended(this);
    } catch (IOException | BusFramer.NotABusMessage over) {
      listener.ended(this);
    }
  }

  synchronized void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
