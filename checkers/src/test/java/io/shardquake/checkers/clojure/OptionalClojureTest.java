package io.shardquake.checkers.clojure;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Validity;
import io.shardquake.checkers.edn.Corpora;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OptionalClojureTest {
  @Test
  void judgesJepsenHistoriesWithoutClojureOnTheClassPath() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("clojure"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                WithoutClojure.class.getName(),
                Corpora.etcd().get(0).file().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).isEqualTo(Validity.INVALID.name());
  }
}
