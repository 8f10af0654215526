package io.shardquake.harness.conformance.suite;

import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.ConformanceExtension;
import io.shardquake.harness.conformance.bench.Keeps;
import io.shardquake.harness.conformance.bench.Line;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter N: messages for subscribers. */
@ExtendWith(ConformanceExtension.class)
final class PubSub {
  private static final Duration DELIVERY = Duration.ofSeconds(3);
  private static final Duration SILENCE = Duration.ofMillis(300);

  @Keeps("N01")
  void aMessageReachesEverySubscriberOnce(Bench bench) throws IOException {
    List<Line> lines = new ArrayList<>();
    try {
      for (Member member : bench.members()) {
        Line line = member.open();
        lines.add(line);
        line.ask("SUBSCRIBE", "news");
      }
      bench.members().get(0).must("PUBLISH", "news", "hello");
      for (Line line : lines) {
        Optional<Reply> message = line.poll(DELIVERY);
        bench.holds(
            message.filter(reply -> isMessage(reply, "message", "news", "hello")).isPresent(),
            "the message arrives");
        bench.holds(line.poll(SILENCE).isEmpty(), "it arrives once");
      }
    } finally {
      for (Line line : lines) {
        line.close();
      }
    }
  }

  private static boolean isMessage(Reply reply, String kind, String channel, String text) {
    List<Reply> words = reply.elements();
    return words.size() == 3
        && words.get(0).is(kind)
        && words.get(1).is(channel)
        && words.get(2).is(text);
  }

  @Keeps("N02")
  void shardChannelsAreHashedLikeKeys(Bench bench) throws IOException {
    Member owner = bench.master(0);
    Member other = bench.master(1);
    String channel = bench.keyOf(owner, "channel");
    String foreign = bench.keyOf(other, "channel");
    try (Line line = owner.open();
        Line elsewhere = other.open()) {
      bench.holds(line.ask("SSUBSCRIBE", channel).isFine(), "the owner takes a subscription");
      bench.holds(
          elsewhere.ask("SSUBSCRIBE", channel).isError("MOVED"), "another node redirects it");
      bench.holds(elsewhere.ask("SPUBLISH", channel, "x").isError("MOVED"), "and a message to it");
      bench.holds(
          elsewhere.ask("SSUBSCRIBE", channel, foreign).isError("CROSSSLOT"),
          "channels of two slots are refused");
    }
  }

  @Keeps("N03")
  void shardMessagesStayInTheirShard(Bench bench) throws IOException {
    Member owner = bench.master(0);
    Member replica = bench.replicaOf(owner);
    Member other = bench.master(1);
    String channel = bench.keyOf(owner, "channel");
    try (Line at = owner.open();
        Line behind = replica.open();
        Line elsewhere = other.open()) {
      at.ask("SSUBSCRIBE", channel);
      behind.ask("SSUBSCRIBE", channel);
      elsewhere.ask("SUBSCRIBE", channel);
      owner.must("SPUBLISH", channel, "hello");
      for (Line line : List.of(at, behind)) {
        bench.holds(
            line.poll(DELIVERY)
                .filter(reply -> isMessage(reply, "smessage", channel, "hello"))
                .isPresent(),
            "master and replica deliver it");
      }
      bench.holds(elsewhere.poll(SILENCE).isEmpty(), "no other shard hears of it");
      for (Line line : List.of(at, behind)) {
        bench.holds(line.poll(SILENCE).isEmpty(), "master and replica deliver it once");
      }
    }
  }

  @Keeps("N04")
  void subscriptionsEndWhenTheSlotLeaves(Bench bench) throws IOException {
    OpenSlot open = OpenSlot.open(bench);
    String channel = open.key("channel");
    open.source().must("CLUSTER", "SETSLOT", open.number(), "STABLE");
    try (Line line = open.source().open()) {
      line.ask("SSUBSCRIBE", channel);
      open.source().must("CLUSTER", "SETSLOT", open.number(), "MIGRATING", open.target().id());
      open.finish();
      Optional<Reply> message = line.poll(DELIVERY);
      bench.holds(
          message
              .filter(reply -> !reply.elements().isEmpty())
              .filter(reply -> reply.elements().get(0).is("sunsubscribe"))
              .isPresent(),
          "the subscriber is told that its subscription ended");
      List<Reply> count = open.source().ask("PUBSUB", "SHARDNUMSUB", channel).elements();
      bench.holds(count.size() == 2 && count.get(1).is("0"), "it is no longer counted");
    }
  }
}
