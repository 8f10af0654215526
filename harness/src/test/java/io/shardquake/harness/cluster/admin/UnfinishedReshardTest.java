package io.shardquake.harness.cluster.admin;

import static io.shardquake.harness.cluster.Snapshots.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.harness.cluster.Snapshots;
import io.shardquake.harness.cluster.plan.SlotMove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedReshardTest {
  @TempDir Path directory;

  private static SlotMove move(int slot, char from, char to) {
    return new SlotMove(slot, id(from), id(to));
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Path file = directory.resolve("plan.json");
    UnfinishedReshard written =
        new UnfinishedReshard("2 slots", List.of(move(1, 'a', 'c'), move(2, 'b', 'c')));

    written.save(file);

    assertThat(UnfinishedReshard.load(file)).contains(written);
    assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
  }

  @Test
  void thereIsNoneWithoutAFile() throws IOException {
    assertThat(UnfinishedReshard.load(directory.resolve("none.json"))).isEmpty();
  }

  @Test
  void namesAFileThatIsSomethingElse() throws IOException {
    Path file = Files.writeString(directory.resolve("plan.json"), "{\"moves\": 7}");

    assertThatThrownBy(() -> UnfinishedReshard.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("remove it");
  }

  @Test
  void whatHasArrivedIsNotMovedAgain() {
    UnfinishedReshard reshard =
        new UnfinishedReshard("", List.of(move(1, 'a', 'c'), move(2, 'a', 'c')));

    assertThat(reshard.left(Snapshots.ofMasters("2-10", "11-16383", "0-1")))
        .containsExactly(move(2, 'a', 'c'));
    assertThat(reshard.arrived(Snapshots.ofMasters("2-10", "11-16383", "0-1")))
        .containsExactly(move(1, 'a', 'c'));
  }

  @Test
  void aSlotThatChangedHandsMeanwhileIsTakenFromItsNewOwner() {
    UnfinishedReshard reshard = new UnfinishedReshard("", List.of(move(2, 'a', 'c')));

    assertThat(reshard.left(Snapshots.ofMasters("3-10", "2 11-16383", "0-1")))
        .containsExactly(move(2, 'b', 'c'));
  }
}
