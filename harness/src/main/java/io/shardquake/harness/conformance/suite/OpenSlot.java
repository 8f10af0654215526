package io.shardquake.harness.conformance.suite;

import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.Line;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.wire.Reply;
import java.io.IOException;

/**
 * A slot that is being moved: migrating at its owner, importing at another master. Closed, where it
 * is, when the test ends.
 */
record OpenSlot(Bench bench, int slot, Member source, Member target) {

  /** Opens the first slot of the first master. */
  static OpenSlot open(Bench bench) throws IOException {
    Member source = bench.master(0);
    Member target = bench.master(1);
    OpenSlot open = new OpenSlot(bench, bench.slotOf(source), source, target);
    bench.later(() -> open.stable(source));
    bench.later(() -> open.stable(target));
    open.target.must("CLUSTER", "SETSLOT", open.number(), "IMPORTING", source.id());
    open.source.must("CLUSTER", "SETSLOT", open.number(), "MIGRATING", target.id());
    return open;
  }

  private void stable(Member member) throws IOException {
    member.look("CLUSTER", "SETSLOT", number(), "STABLE");
  }

  String number() {
    return Integer.toString(slot);
  }

  String key(String name) {
    return bench.key(slot, name);
  }

  /** Moves a key. */
  Reply migrate(String key) throws IOException {
    return source.ask("MIGRATE", target.host(), Integer.toString(target.port()), key, "0", "5000");
  }

  /** Asks the target, with ASKING before. */
  Reply asking(String... words) throws IOException {
    try (Line line = target.open()) {
      line.ask("ASKING");
      return line.ask(words);
    }
  }

  /** Gives the slot to the target, in the order that the documentation asks for. */
  void finish() throws IOException {
    target.must("CLUSTER", "SETSLOT", number(), "NODE", target.id());
    source.must("CLUSTER", "SETSLOT", number(), "NODE", target.id());
  }

  /** The redirection to the target's address. */
  String ask() {
    return "ASK " + slot + " " + target.address();
  }

  /** The redirection to a node that owns the slot. */
  String movedTo(Member owner) {
    return "MOVED " + slot + " " + owner.address();
  }
}
