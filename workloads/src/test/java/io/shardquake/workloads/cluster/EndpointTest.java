package io.shardquake.workloads.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:6379, 10.0.0.1, 6379",
    "::1:6379, ::1, 6379",
    "2001:db8::7:7000, 2001:db8::7, 7000",
    "[::1]:6379, ::1, 6379",
    "node-3.example:1, node-3.example, 1",
    ":6380, 127.0.0.9, 6380",
  })
  void isSplitAtTheLastColon(String text, String host, int port) {
    assertThat(Endpoint.parse(text, "127.0.0.9")).contains(new Endpoint(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host", "host:", "host:0", "host:65536", "host:99999999999", "host:x", "?:1"})
  void isNothingIfItCannotBeUsed(String text) {
    assertThat(Endpoint.parse(text, "127.0.0.9")).isEmpty();
  }

  @Test
  void aRedirectionNamesSlotAndTarget() {
    Endpoint answering = new Endpoint("10.0.0.1", 7000);
    assertThat(Redirection.parse("MOVED 3999 127.0.0.1:6381", answering))
        .contains(new Redirection(3999, new Endpoint("127.0.0.1", 6381)));
    assertThat(Redirection.parse("ASK 16383 fe80::1:6381", answering))
        .contains(new Redirection(16383, new Endpoint("fe80::1", 6381)));
    assertThat(Redirection.parse("MOVED 3999 :6380", answering))
        .as("an empty host is that of the node that answers")
        .contains(new Redirection(3999, new Endpoint("10.0.0.1", 6380)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MOVED",
        "MOVED 1",
        "MOVED x a:1",
        "MOVED 16384 a:1",
        "MOVED 99999999 a:1",
        "MOVED -1 a:1",
        "MOVED 1 ?:7000",
        "MOVED 1 a:1 b",
        "MOVED  a:1"
      })
  void aMalformedRedirectionIsNothing(String message) {
    assertThat(Redirection.parse(message, new Endpoint("10.0.0.1", 7000))).isEmpty();
  }
}
