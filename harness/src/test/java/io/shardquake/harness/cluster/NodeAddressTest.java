package io.shardquake.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeAddressTest {
  @Test
  void readsHostAndPort() {
    assertThat(NodeAddress.parse("127.0.0.1:7000")).isEqualTo(new NodeAddress("127.0.0.1", 7000));
    assertThat(NodeAddress.parse("[::1]:7000")).isEqualTo(new NodeAddress("::1", 7000));
    assertThat(NodeAddress.parse("::1:7000")).isEqualTo(new NodeAddress("::1", 7000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7000", ":7000", "host:", "host:port", "host:0", "host:65536"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> NodeAddress.parse(text))
        .hasMessageContaining("'" + text + "' is not an address: write host:port");
  }
}
