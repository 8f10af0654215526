package io.shardquake.node.core.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays the stories and compares what happens with what is written. With {@code
 * -Dstories.rewrite=DIRECTORY} what happens is written there instead, to be read and then kept.
 */
final class StoriesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "handshake",
        "failure-detection",
        "election",
        "election-with-a-tie",
        "epoch-collision",
        "slot-conflict",
        "manual-failover",
        "replica-migration"
      })
  void happensAsItIsTold(String name) throws IOException {
    List<String> told = script(name);
    List<String> happened = Story.play(told);
    String rewrite = System.getProperty("stories.rewrite", "");
    if (!rewrite.isEmpty()) {
      Files.write(Path.of(rewrite, name + ".story"), happened);
      return;
    }
    assertThat(happened)
        .as(
            "story %s (rewrite it with -Dstories.rewrite=DIRECTORY if this is as it should be)",
            name)
        .containsExactlyElementsOf(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"election-with-a-tie", "replica-migration"})
  void happensTheSameAgain(String name) throws IOException {
    List<String> script = script(name);
    assertThat(Story.play(script)).isEqualTo(Story.play(script));
  }

  private static List<String> script(String name) throws IOException {
    try (InputStream in = StoriesTest.class.getResourceAsStream(name + ".story")) {
      assertThat(in).as("the story " + name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
