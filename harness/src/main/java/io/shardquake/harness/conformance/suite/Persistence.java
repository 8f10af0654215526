package io.shardquake.harness.conformance.suite;

import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.bench.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter M: what a node keeps on disk, and comes back with. */
@ExtendWith(ConformanceExtension.class)
final class Persistence {
  private static final int ROUNDS = 5;
  private static final Pattern NODE =
      Pattern.compile(
          "[0-9a-f]{40} \\S*:\\d+(@\\d+)?(,\\S*)? [a-z?,!]+ (-|[0-9a-f]{40}) \\d+ \\d+ \\d+"
              + " (dis)?connected( \\d+(-\\d+)?| \\[\\d+-[<>]-[0-9a-f]{40}\\])*");
  private static final Pattern VARS = Pattern.compile("vars currentEpoch \\d+ lastVoteEpoch \\d+");

  private static Path nodesConf(Bench bench, Member member) {
    return bench
        .nodesConf(member)
        .orElseThrow(() -> bench.notApplicable("the nodes' files are not at hand"));
  }

  @Keeps("M01")
  void nodesConfHasTheDocumentedForm(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    Path file = nodesConf(bench, open.source());
    String migrating = "[" + open.slot() + "->-" + open.target().id() + "]";
    // The form is promised, not that the file is there before the answer.
    bench.eventually("an open slot is kept", () -> Files.readString(file).contains(migrating));
    List<String> lines = Files.readAllLines(file);
    lines.forEach(bench::note);
    bench.holds(
        lines.size() == bench.members().size() + 1, "a line for each node, and one of variables");
    for (String line : lines.subList(0, lines.size() - 1)) {
      bench.holds(NODE.matcher(line.strip()).matches(), "a node's line is as documented");
    }
    bench.holds(
        VARS.matcher(lines.get(lines.size() - 1).strip()).matches(), "the last has the variables");
  }

  @Keeps("M02")
  void aRestartChangesNothing(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    Member node = open.source();
    bench.configure(bench.replicaOf(node), "cluster-replica-no-failover", "yes");
    NodeView before = node.myself();
    long epoch = node.view().info().currentEpoch();
    bench.breakage().stop(node);
    bench.breakage().start(node);
    node.showView();
    NodeView after = node.myself();
    bench.holds(after.id().equals(before.id()), "the same identifier");
    bench.holds(
        after.configEpoch() == before.configEpoch() && node.view().info().currentEpoch() >= epoch,
        "the same epochs");
    bench.holds(
        after.master().equals(before.master()) && after.slots().equals(before.slots()),
        "the same role and slots");
    bench.holds(after.openSlots().equals(before.openSlots()), "the same open slots");
  }

  @Keeps("M03")
  void aKillLeavesAFileThatCanBeRead(Bench bench) throws IOException {
    Member node = bench.replicaOf(bench.master(0));
    String id = node.id();
    for (int round = 0; round < ROUNDS; round++) {
      node.look("CLUSTER", "BUMPEPOCH");
      bench.breakage().kill(node);
      Optional<String> refusal = bench.breakage().tryStart(node);
      bench.holds(refusal.isEmpty(), "it starts after kill -9, round " + round);
      // It may say that it is loading: what its master sends it once they are in touch.
      bench.eventually("it says who it is", () -> node.look("CLUSTER", "MYID").error().isEmpty());
      bench.holds(node.id().equals(id), "under its own name");
    }
  }

  @Keeps("M04")
  @Stage(ruined = true)
  void aFileThatIsGarbageIsRefused(Bench bench) throws IOException {
    Member node = bench.replicaOf(bench.master(0));
    Path file = nodesConf(bench, node);
    bench.breakage().stop(node);
    byte[] noise = new byte[300];
    new SplittableRandom(4).nextBytes(noise);
    String good = Files.readString(file);
    List<byte[]> contents =
        List.of(
            noise,
            "no node at all\n".getBytes(StandardCharsets.UTF_8),
            good.substring(0, good.length() / 3).getBytes(StandardCharsets.UTF_8));
    for (byte[] content : contents) {
      Files.write(file, content);
      Optional<String> refusal = bench.breakage().tryStart(node);
      bench.holds(
          refusal.isPresent() && !refusal.get().contains("BUG REPORT"),
          "a node with garbage in nodes.conf refuses to start, and says why");
      bench.holds(bench.breakage().isDead(node), "it does not run");
    }
    Files.writeString(file, good);
    bench.holds(bench.breakage().tryStart(node).isEmpty(), "with its own file it starts");
  }

  @Keeps("M06")
  @Stage(ruined = true)
  void keysWithoutTheirSlotAreDealtWith(Bench bench) throws IOException {
    Member node = bench.master(0);
    bench.configure(bench.replicaOf(node), "cluster-replica-no-failover", "yes");
    int slot = bench.slotOf(node);
    String number = Integer.toString(slot);
    String key = bench.key(slot, "x");
    node.must("SET", key, "1");
    for (Member member : bench.members()) {
      member.ask("CLUSTER", "DELSLOTS", number);
    }
    bench.breakage().stop(node);
    bench.breakage().start(node);
    bench.eventually(
        "it owns the slot of its keys again, or has no keys of it",
        () -> {
          boolean owns = node.myself().owns(slot);
          boolean empty = node.look("CLUSTER", "COUNTKEYSINSLOT", number).is("0");
          return owns || empty;
        });
  }
}
