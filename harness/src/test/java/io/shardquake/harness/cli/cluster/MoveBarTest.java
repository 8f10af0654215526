package io.shardquake.harness.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MoveBarTest {
  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();

  private Console console(boolean terminal) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Console(stream, stream, terminal, terminal);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsKeysSlotsRateAndRemainingTime() {
    try (MoveBar bar = new MoveBar(console(true), clock::get, 100, 4000)) {
      clock.set(10 * SECOND);
      bar.keys(1000);
      bar.slots(25);

      assertThat(bar.text(clock.get()))
          .isEqualTo(
              "[#######.......................] 25/100 slots  1,000/4,000 keys  100 keys/s  0:30"
                  + " left");
    }
  }

  @Test
  void goesBySlotsWhereThereAreNoKeys() {
    try (MoveBar bar = new MoveBar(console(true), clock::get, 100, 0)) {
      clock.set(2 * SECOND);
      bar.slots(50);

      assertThat(bar.text(clock.get())).contains("50/100 slots").contains("0:02 left");
    }
  }

  @Test
  void isFullWhenClientsHaveCreatedMoreKeysMeanwhile() {
    try (MoveBar bar = new MoveBar(console(true), clock::get, 1, 10)) {
      clock.set(SECOND);
      bar.keys(15);

      assertThat(bar.text(clock.get()))
          .startsWith("[" + "#".repeat(30) + "]")
          .contains("0:00 left");
    }
  }

  @Test
  void drawsOnATerminalAndCleansUp() {
    try (MoveBar bar = new MoveBar(console(true), clock::get, 2, 0)) {
      clock.set(SECOND);
      bar.slots(1);
    }

    assertThat(err()).contains("1/2 slots").endsWith("\r\u001b[K");
  }

  @Test
  void isSilentElsewhere() {
    try (MoveBar bar = new MoveBar(console(false), clock::get, 2, 0)) {
      clock.set(SECOND);
      bar.slots(1);
    }

    assertThat(err()).isEmpty();
  }
}
