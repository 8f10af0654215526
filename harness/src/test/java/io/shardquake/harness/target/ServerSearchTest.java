package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerSearchTest {
  private static final String REDIS_7 =
      "echo 'Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ae4d'";

  @TempDir Path directory;
  private Path bin;
  private Path cache;

  @BeforeEach
  void makeDirectories() throws IOException {
    bin = Files.createDirectory(directory.resolve("bin"));
    cache = directory.resolve("cache");
  }

  @Test
  void prefersTheExecutableThatTheUserNames() throws Exception {
    executable("redis-server", REDIS_7);
    Path named = executable("other", "echo 'Valkey server v=8.1.0 sha=0 bits=64'");

    ServerDescription description = find(Optional.of(named)).description();

    assertThat(description.product()).isEqualTo("valkey");
    assertThat(description.version()).isEqualTo("8.1.0");
    assertThat(description.build()).isEmpty();
    assertThat(description.origin()).isEqualTo(named.toString());
  }

  @Test
  void findsANameOnTheSearchPath() throws Exception {
    Path other = executable("keydb-server", "echo 'KeyDB server v=6.3.4 sha=0'");

    assertThat(find(Optional.of(Path.of("keydb-server"))).path()).isEqualTo(other);
  }

  @Test
  void takesRedisServerFromTheSearchPathAndTellsItsDigest() throws Exception {
    Path installed = executable("redis-server", REDIS_7);

    ServerExecutable server = find(Optional.empty());

    assertThat(server.path()).isEqualTo(installed);
    try (InputStream content = Files.newInputStream(installed)) {
      assertThat(server.description().sha256()).isEqualTo(Sha256.of(content)).hasSize(64);
    }
    assertThat(server.description().build()).isEqualTo("ae4d");
    assertThat(server.description())
        .hasToString(
            "redis 7.0.15 (build ae4d), "
                + installed
                + ", sha256 "
                + server.description().sha256());
  }

  @Test
  void unpacksTheOneCarriedAlongOnceUnderItsDigest() throws Exception {
    ServerExecutable first = find(Optional.empty());
    ServerExecutable second = find(Optional.empty());

    assertThat(first.path())
        .startsWith(cache)
        .hasParentRaw(cache.resolve(first.description().sha256()));
    assertThat(second).isEqualTo(first);
    try (var left = Files.list(first.path().getParent())) {
      assertThat(left).as("nothing half unpacked stays").containsExactly(first.path());
    }
  }

  @Test
  void unpacksAgainWhatSomebodyChanged() throws Exception {
    Path unpacked = find(Optional.empty()).path();
    Files.writeString(unpacked, "#!/bin/sh\necho changed\n");

    assertThat(find(Optional.empty()).description().version()).isEqualTo("7.0.15");
  }

  @Test
  void unpacksIntoTheRunWhereTheCacheCannotBeWrittenTo() throws Exception {
    Files.writeString(cache, "a file where the directory should be");

    assertThat(find(Optional.empty()).path()).startsWith(directory.resolve("run"));
  }

  @Test
  void saysWhenThereIsNoServerAtAll() {
    assertThatThrownBy(() -> search("sunos", "sparc").find(Optional.empty(), cache))
        .isInstanceOf(TargetException.class)
        .hasMessage(
            "there is no redis-server on the PATH and none is carried along for sunos-sparc: name"
                + " an executable with --server");
  }

  @Test
  void saysInOneLineWhatIsWrongWithAnExecutable() throws Exception {
    Path notExecutable = Files.writeString(bin.resolve("plain"), "text");
    assertProblem(bin.resolve("absent"), "does not exist");
    assertProblem(notExecutable, "is not an executable file");
    assertProblem(bin, "is not an executable file");
    assertProblem(
        executable("tool", "echo 'tool 1.2'; echo more"),
        "is not a Redis-compatible server: to --version it answers 'tool 1.2'");
    assertProblem(
        executable("old", "echo 'Redis server version 2.8.4 (00000000:0)'"),
        "is version 2.8.4 and has no cluster mode: 3.0 or later is needed");
    Path broken = executable("broken", "");
    Files.writeString(broken, "#!/no/such/interpreter\n");
    assertProblem(broken, "cannot be run");
  }

  private void assertProblem(Path server, String problem) {
    assertThatThrownBy(() -> find(Optional.of(server)))
        .isInstanceOf(TargetException.class)
        .hasMessageStartingWith(server.toString())
        .hasMessageContaining(problem)
        .hasMessageNotContaining("\n");
  }

  private ServerExecutable find(Optional<Path> wanted) throws Exception {
    return search("Linux", "amd64").find(wanted, directory.resolve("run"));
  }

  private ServerSearch search(String osName, String osArch) {
    byte[] carried = ("#!/bin/sh\n" + REDIS_7 + "\n").getBytes(StandardCharsets.UTF_8);
    return new ServerSearch(
        bin.toString(),
        cache,
        new CarriedServer(
            name ->
                name.equals("/redis-server-7.0.15-linux-amd64")
                    ? Optional.of(new ByteArrayInputStream(carried))
                    : Optional.empty(),
            osName,
            osArch));
  }

  private Path executable(String name, String script) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
