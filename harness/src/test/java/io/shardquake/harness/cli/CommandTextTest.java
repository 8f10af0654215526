package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTextTest {
  @Test
  void repeatsWhatWasGivenAndAddsTheSeed() {
    assertThat(CommandText.again(List.of("run", "--target", "redis"), "--seed 7"))
        .isEqualTo("./shardquake run --target redis --seed 7");
  }

  @Test
  void quotesWhatAShellWouldTakeApart() {
    assertThat(CommandText.again(List.of("run", "--dir", "it's here", ""), ""))
        .isEqualTo("./shardquake run --dir 'it'\\''s here' ''");
  }
}
