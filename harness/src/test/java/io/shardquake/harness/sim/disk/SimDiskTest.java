package io.shardquake.harness.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.workloads.generator.RandomSource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SimDiskTest {
  private final SimDisk disk = new SimDisk();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String content(String file) {
    return disk.content(file).map(data -> new String(data, StandardCharsets.UTF_8)).orElse("-");
  }

  @Test
  void whatWasSyncedOutlivesALossOfPowerAndOfTheRestAnyPart() {
    disk.perform(new Effect.Append("log", bytes("kept")));
    disk.perform(new Effect.Sync("log"));
    disk.perform(new Effect.Append("log", bytes("torn")));
    assertThat(content("log")).isEqualTo("kepttorn");
    assertThat(disk.isSynced("log"::equals)).isFalse();
    disk.losePower(RandomSource.seeded(1));
    assertThat("kepttorn").startsWith(content("log"));
    assertThat(content("log")).startsWith("kept");
    assertThat(disk.isSynced("log"::equals)).isTrue();
  }

  @Test
  void aReplacementThatWasNotSyncedLeavesTheFormerContent() {
    disk.perform(new Effect.Replace("conf", bytes("old"), true));
    disk.perform(new Effect.Replace("conf", bytes("new"), false));
    assertThat(content("conf")).isEqualTo("new");
    disk.losePower(RandomSource.seeded(1));
    assertThat(content("conf")).isEqualTo("old");
  }

  @Test
  void aDurableReplacementStays() {
    disk.perform(new Effect.Replace("conf", bytes("old"), true));
    disk.perform(new Effect.Replace("conf", bytes("new"), true));
    disk.losePower(RandomSource.seeded(1));
    assertThat(content("conf")).isEqualTo("new");
  }

  @Test
  void aFileIsReadInPiecesAndAMissingOneIsToldOf() {
    disk.perform(new Effect.Append("log", bytes("abcdef")));
    Input first = disk.performInBackground(new Effect.ReadFile("log", 0, 4, 1));
    Input last = disk.performInBackground(new Effect.ReadFile("log", 4, 4, 2));
    Input none = disk.performInBackground(new Effect.ReadFile("none", 0, 4, 3));
    assertThat(first)
        .isInstanceOfSatisfying(Input.FilePiece.class, piece -> assertThat(piece.last()).isFalse());
    assertThat(last)
        .isInstanceOfSatisfying(
            Input.FilePiece.class,
            piece -> {
              assertThat(piece.data()).isEqualTo(bytes("ef"));
              assertThat(piece.last()).isTrue();
            });
    assertThat(none)
        .isInstanceOfSatisfying(
            Input.FilePiece.class, piece -> assertThat(piece.exists()).isFalse());
  }
}
