package io.shardquake.node.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The files of the folder {@code cases}, each script of which is run on redis-server and on this
 * project's core; {@code -Ddifferential.cases=expiry} takes only files whose name holds that.
 */
@Tag("redis")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HandWrittenCasesTest {
  private final Comparison standalone;
  private final Comparison cluster;

  HandWrittenCasesTest() {
    RedisServerProcess.assumeInstalled();
    this.standalone = Comparison.start(false);
    this.cluster = Comparison.start(true);
  }

  @AfterAll
  void stopServers() throws IOException {
    standalone.close();
    cluster.close();
  }

  @TestFactory
  Stream<DynamicNode> answersAndLeavesWhatRedisDoes() throws Exception {
    return files().stream().map(this::container);
  }

  private DynamicNode container(Path file) {
    try {
      List<Script> scripts = Script.parse(Files.readAllLines(file));
      assertThat(scripts).as("scripts in %s", file).isNotEmpty();
      return dynamicContainer(
          file.getFileName().toString(), scripts.stream().flatMap(this::variants));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Stream<DynamicNode> variants(Script script) {
    return Stream.of(
        dynamicTest(script.title() + ", RESP2", () -> standalone.run(script, false)),
        dynamicTest(script.title() + ", RESP3", () -> standalone.run(script, true)),
        dynamicTest(script.title() + ", cluster", () -> cluster.run(script, false)));
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    String wanted = System.getProperty("differential.cases", "");
    Path folder =
        Path.of(Objects.requireNonNull(HandWrittenCasesTest.class.getResource("cases")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().contains(wanted)).sorted().toList();
    }
  }
}
