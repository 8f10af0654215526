package io.shardquake.node.core.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.rdb.DumpPayload;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.differential.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node that is told to give keys away, and a target that answers as the story needs it. What the
 * source says and does is the same as if it had stood still meanwhile.
 */
final class MigrationStoryTest {
  private static final long ADMIN = 2;
  private static final long OTHER = 4;
  private static final byte[] VALUE = bytes("value");

  private final Node node =
      new Node(
          new Configuration(), new Randomness(new SplittableRandom(1)), 1_700_000_000_000_000L);
  private final Map<Long, StringBuilder> sent = new TreeMap<>();
  private final List<Long> connects = new ArrayList<>();
  private final List<Long> closed = new ArrayList<>();
  private final StringBuilder propagated = new StringBuilder();
  private long nowMillis = 1_700_000_000_000L;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @BeforeEach
  void prepare() {
    for (long client : List.of(ADMIN, OTHER)) {
      happens(
          new Input.Accepted(client, Input.Listener.CLIENT, "127.0.0.1", 5000, "127.0.0.1", 6379));
    }
    restore("a");
    restore("b");
    node.propagateTo(
        (database, encoded) -> propagated.append(new String(encoded, StandardCharsets.UTF_8)));
    sent.clear();
  }

  private void restore(String key) {
    List<byte[]> words =
        List.of(bytes("RESTORE"), bytes(key), bytes("0"), DumpPayload.of(new StringValue(VALUE)));
    happens(new Input.Received(ADMIN, new Request(words).encoded()));
  }

  private void happens(Input... inputs) {
    for (Effect effect : node.turn(nowMillis * 1000, List.of(inputs))) {
      if (effect instanceof Effect.Send send) {
        sent.computeIfAbsent(send.connection(), c -> new StringBuilder())
            .append(new String(send.data(), StandardCharsets.ISO_8859_1));
      } else if (effect instanceof Effect.Connect connect) {
        connects.add(connect.connection());
      } else if (effect instanceof Effect.Close close) {
        closed.add(close.connection());
      }
    }
  }

  private void asks(long client, String request) {
    happens(new Input.Received(client, Request.parse(request).encoded()));
  }

  /** What a connection was sent since the last call. */
  private String heard(long connection) {
    StringBuilder text = sent.remove(connection);
    return text == null ? "" : text.toString().replace("\r\n", " ").strip();
  }

  private long target() {
    return connects.get(connects.size() - 1);
  }

  private void targetAccepts() {
    happens(new Input.Connected(target(), "127.0.0.1"));
  }

  private void targetSays(String... lines) {
    happens(new Input.Received(target(), bytes(String.join("\r\n", lines) + "\r\n")));
  }

  private void passes(long millis) {
    nowMillis += millis;
    happens(new Input.Tick());
  }

  @Test
  void givesAKeyAwayAndDeletesItWhenTheTargetHasIt() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 1000");
    targetAccepts();
    assertThat(heard(target())).startsWith("*4 $7 RESTORE $1 a $1 0 $").doesNotContain("SELECT");
    asks(OTHER, "EXISTS a");
    assertThat(heard(ADMIN)).as("before the target has answered").isEmpty();
    targetSays("+OK");
    assertThat(heard(ADMIN)).isEqualTo("+OK");
    asks(OTHER, "DUMP a");
    assertThat(heard(OTHER)).endsWith("$-1");
    assertThat(propagated).isEqualToIgnoringNewLines("*2$3DEL$1a");
  }

  @Test
  void showsTheKeyToReadersAndKeepsWritersWaitingMeanwhile() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 1000");
    targetAccepts();
    asks(OTHER, "DUMP a");
    assertThat(heard(OTHER)).startsWith("$");
    asks(OTHER, "RESTORE a 0 x REPLACE");
    assertThat(heard(OTHER)).as("a write of a key on its way").isEmpty();
    targetSays("+OK");
    assertThat(heard(OTHER)).startsWith("-ERR DUMP payload version");
  }

  @Test
  void letsWritesOfOtherKeysThrough() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 1000");
    asks(OTHER, "RESTORE b 0 x");
    assertThat(heard(OTHER)).startsWith("-BUSYKEY");
  }

  @Test
  void runsOneMigrateAfterTheOther() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 1000");
    asks(OTHER, "MIGRATE 127.0.0.1 7000 \"\" 0 1000 KEYS a b");
    targetAccepts();
    targetSays("+OK");
    assertThat(heard(ADMIN)).isEqualTo("+OK");
    assertThat(connects).as("the connection is used again").hasSize(1);
    assertThat(heard(target())).contains("$1 b ").doesNotEndWith("$1 a ");
    targetSays("+OK");
    assertThat(heard(OTHER)).isEqualTo("+OK");
  }

  @Test
  void keepsWhatTheTargetRefusesAndReportsTheFirstRefusal() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 \"\" 0 1000 KEYS a b");
    targetAccepts();
    targetSays("-BUSYKEY Target key name already exists.", "+OK");
    assertThat(heard(ADMIN))
        .isEqualTo(
            "-ERR Target instance replied with error: BUSYKEY Target key name already exists.");
    assertThat(propagated).isEqualToIgnoringNewLines("*2$3DEL$1b");
    passes(20);
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 1000 REPLACE AUTH2 u p");
    assertThat(heard(target()))
        .as("authenticates every time, and selects after an error")
        .contains("*3 $4 AUTH $1 u $1 p *2 $6 SELECT $1 0 *5 $7 RESTORE $1 a")
        .endsWith("$7 REPLACE");
  }

  @Test
  void copiesWithoutDeleting() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 1000 COPY");
    targetAccepts();
    targetSays("+OK");
    assertThat(heard(ADMIN)).isEqualTo("+OK");
    assertThat(propagated).isEmpty();
  }

  @Test
  void saysThatThereIsNothingToGiveAway() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 nothing 0 1000");
    assertThat(heard(ADMIN)).isEqualTo("+NOKEY");
    assertThat(connects).isEmpty();
  }

  @Test
  void triesOnceMoreWhenTheConnectionBreaksBeforeAnyAnswer() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 1000");
    targetAccepts();
    happens(new Input.Closed(target(), "reset"));
    assertThat(connects).hasSize(2);
    targetAccepts();
    happens(new Input.Closed(target(), "reset"));
    assertThat(heard(ADMIN)).isEqualTo("-IOERR error or timeout reading to target instance");
    assertThat(propagated).isEmpty();
  }

  @Test
  void deletesWhatWasConfirmedBeforeTheConnectionBroke() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 \"\" 0 1000 KEYS a b");
    targetAccepts();
    targetSays("+OK");
    happens(new Input.Closed(target(), "reset"));
    assertThat(heard(ADMIN)).isEqualTo("-IOERR error or timeout reading to target instance");
    assertThat(propagated).isEqualToIgnoringNewLines("*2$3DEL$1a");
  }

  @Test
  void namesWhatItWaitedForTooLong() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 50");
    passes(50);
    assertThat(heard(ADMIN)).isEqualTo("-IOERR error or timeout connecting to the client");
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 50");
    targetAccepts();
    passes(50);
    assertThat(heard(ADMIN)).isEqualTo("-IOERR error or timeout reading to target instance");
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 50");
    happens(new Input.Closed(target(), "refused"));
    happens(new Input.Closed(target(), "refused"));
    assertThat(heard(ADMIN)).isEqualTo("-IOERR error or timeout writing to target instance");
  }

  @Test
  void goesOnWhenTheClientHasGone() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 1000");
    targetAccepts();
    happens(new Input.Closed(ADMIN, "gone"));
    targetSays("+OK");
    assertThat(propagated).isEqualToIgnoringNewLines("*2$3DEL$1a");
  }

  @Test
  void closesConnectionsThatNobodyUsesForTenSeconds() {
    asks(ADMIN, "MIGRATE 127.0.0.1 7000 a 0 1000 COPY");
    targetAccepts();
    targetSays("+OK");
    passes(10_000);
    assertThat(closed).isEmpty();
    passes(1);
    assertThat(closed).containsExactly(target());
  }
}
