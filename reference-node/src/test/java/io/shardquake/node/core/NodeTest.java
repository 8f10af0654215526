package io.shardquake.node.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.config.Configuration;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The node as its clients see it: bytes in, bytes out. */
final class NodeTest {
  private static final long NOW = 1_700_000_000_000_000L;

  private final Configuration configuration = new Configuration();
  private final Node node = new Node(configuration, new Randomness(new SplittableRandom(1)), NOW);

  @BeforeEach
  void connect() {
    node.turn(
        NOW,
        List.of(
            new Input.Accepted(2, Input.Listener.CLIENT, "127.0.0.1", 50_000, "127.0.0.1", 6379)));
  }

  private List<Effect> effectsOf(String request) {
    byte[] bytes = request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    return node.turn(NOW, List.of(new Input.Received(2, bytes)));
  }

  private String replyTo(String request) {
    return effectsOf(request).stream()
        .filter(Effect.Send.class::isInstance)
        .map(effect -> new String(((Effect.Send) effect).data(), StandardCharsets.UTF_8))
        .collect(Collectors.joining())
        .replace("\r\n", "\n");
  }

  @Test
  void answersPipelinedRequestsInOrderWithOneSend() {
    assertThat(effectsOf("PING\nECHO a\nPING b\n")).hasSize(1);
    assertThat(replyTo("PING\nECHO a\nPING b\n")).isEqualTo("+PONG\n$1\na\n$1\nb\n");
  }

  @Test
  void namesWhatItDoesNotKnow() {
    assertThat(replyTo("NOSUCH a b\n"))
        .isEqualTo("-ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b' \n");
    assertThat(replyTo("ECHO\n")).isEqualTo("-ERR wrong number of arguments for 'echo' command\n");
  }

  @Test
  void switchesToTheThirdProtocolInTheReplyThatSaysSo() {
    assertThat(replyTo("HELLO 3\n")).startsWith("%7\n$6\nserver\n");
    assertThat(replyTo("HELLO 4\n")).isEqualTo("-NOPROTO unsupported protocol version\n");
  }

  @Test
  void queuesInATransactionAndAbortsItAfterARefusal() {
    assertThat(replyTo("MULTI\nPING\nEXEC\n")).isEqualTo("+OK\n+QUEUED\n*1\n+PONG\n");
    assertThat(replyTo("MULTI\nNOSUCH\nEXEC\n"))
        .endsWith("-EXECABORT Transaction discarded because of previous errors.\n");
    assertThat(replyTo("EXEC\n")).isEqualTo("-ERR EXEC without MULTI\n");
  }

  @Test
  void letsNobodyInWithoutThePassword() {
    configuration.set("requirepass", "secret");
    assertThat(replyTo("RESET\nPING\n")).isEqualTo("+RESET\n-NOAUTH Authentication required.\n");
    assertThat(replyTo("AUTH wrong\n"))
        .isEqualTo("-WRONGPASS invalid username-password pair or user is disabled.\n");
    assertThat(replyTo("AUTH secret\nPING\n")).isEqualTo("+OK\n+PONG\n");
  }

  @Test
  void closesAConnectionThatBreaksTheProtocolAfterSayingWhy() {
    List<Effect> effects = effectsOf("*1\n#4\n");
    assertThat(effects).hasSize(2);
    assertThat(effects.get(1)).isEqualTo(new Effect.Close(2));
  }

  @Test
  void showsMonitorsWhatRunsButNoPasswords() {
    assertThat(replyTo("MONITOR\nSET a \"b\\\"c\"\nAUTH secret\nCONFIG GET port\n"))
        .startsWith("+OK\n+OK\n+1700000000.000000 [0 127.0.0.1:50000] \"SET\" \"a\" \"b\\\"c\"\n")
        .contains("\"AUTH\" \"(redacted)\"")
        .doesNotContain("secret")
        .doesNotContain("\"CONFIG\"");
  }

  @Test
  void keepsSlowCommandsButNotMoreThanItShould() {
    configuration.set("slowlog-log-slower-than", "5");
    configuration.set("slowlog-max-len", "2");
    long[] clock = new long[1];
    node.measureWith(() -> clock[0] += 7);
    assertThat(replyTo("GET a\nGET b\nGET c\nSLOWLOG LEN\n")).endsWith(":2\n");
    assertThat(replyTo("SLOWLOG GET 1\n")).contains("\n:7\n").contains("SLOWLOG");
  }

  @Test
  void quitsAfterItsReplyAndIgnoresWhatFollows() {
    assertThat(replyTo("QUIT\nPING\n")).isEqualTo("+OK\n");
  }
}
