package io.shardquake.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for more than they take. */
final class OutputLimitsIT {
  @TempDir private Path directory;

  @Test
  void endsClientsForWhichTooMuchWaits() throws Exception {
    try (NodeProcess node = NodeProcess.start(directory, "--save", "");
        Wire admin = new Wire(node.port())) {
      admin.ask("SETRANGE", "big", "100000", "x");
      admin.ask("CONFIG", "SET", "client-output-buffer-limit", "normal 50000 0 0");
      assertThatThrownBy(() -> admin.ask("GET", "big")).isInstanceOf(IOException.class);
      assertThat(node.log()).contains("for overcoming of output buffer limits");
    }
  }

  @Test
  void endsSubscribersThatDoNotListen() throws Exception {
    String limits = "pubsub 1000000 0 0";
    try (NodeProcess node =
            NodeProcess.start(directory, "--save", "", "--client-output-buffer-limit", limits);
        Wire admin = new Wire(node.port());
        Wire subscriber = new Wire(node.port())) {
      subscriber.ask("SUBSCRIBE", "news");
      String message = "x".repeat(100_000);
      SixNodes.await(
          "the subscriber to be closed",
          () -> admin.ask("PUBLISH", "news", message).text().equals("0"));
      assertThatThrownBy(
              () -> {
                while (true) {
                  subscriber.receive();
                }
              })
          .isInstanceOf(IOException.class);
    }
  }
}
