package io.shardquake.workloads.pubsub;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.Conversation.Partner;
import io.shardquake.workloads.cluster.Listening;
import io.shardquake.workloads.cluster.SingleCommand;
import io.shardquake.workloads.cluster.Turn;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.Generators;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.ActiveKey;
import io.shardquake.workloads.keys.ActiveKeys;
import io.shardquake.workloads.keys.KeyName;
import io.shardquake.workloads.keys.KeyTraffic;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Unique messages on channels, and clients that listen to a channel for a while and tell all that
 * they heard: PUBLISH and SUBSCRIBE, or SPUBLISH and SSUBSCRIBE. Either is said to the node that
 * serves the channel's slot, as far as the client knows, or to a replica of it.
 */
public final class PubSubWorkload implements Workload {
  /** Why nothing can be said of a run in which no client listened to anything. */
  public static final String NOTHING_HEARD = "nobody heard anything";

  static final String PUBLISH = "publish";
  static final String LISTEN = "listen";
  static final String LISTEN_AT_REPLICA = "listen-at-replica";

  private static final long LISTENING = Duration.ofMillis(100).toNanos();

  /**
   * Each of the two ways to listen. It takes about a hundred times as long as to publish, so that
   * most clients listen at any time.
   */
  private static final double LISTEN_SHARE = 0.01;

  /** So few that each has several who listen. */
  private static final int MOST_CHANNELS = 5;

  private final boolean sharded;

  private PubSubWorkload(boolean sharded) {
    this.sharded = sharded;
  }

  /** Channels of the whole cluster. */
  public static PubSubWorkload ofCluster() {
    return new PubSubWorkload(false);
  }

  /** Channels that belong to slots. */
  public static PubSubWorkload ofShards() {
    return new PubSubWorkload(true);
  }

  @Override
  public String name() {
    return sharded ? "shard-pubsub" : "pubsub";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    int channels = Math.min(options.activeKeys(), MOST_CHANNELS);
    return new KeyTraffic(
        ActiveKeys.fresh(name() + ":", channels, options.operationsPerKey()),
        PubSubWorkload::choose);
  }

  private static KeyTraffic.Chosen choose(ActiveKey channel, RandomSource random) {
    double drawn = random.nextDouble();
    return drawn < 2 * LISTEN_SHARE
        ? new KeyTraffic.Chosen(
            new Request(
                drawn < LISTEN_SHARE ? LISTEN : LISTEN_AT_REPLICA, channel.name(), Value.nil()),
            false)
        : new KeyTraffic.Chosen(
            new Request(PUBLISH, channel.name(), Value.of(channel.nextNumber())), true);
  }

  /** Nothing is left of what nobody heard. */
  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return Generators.nothing();
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return this::conversation;
  }

  private Conversation conversation(Request request) {
    String channel = KeyName.of(request.key());
    int slot = KeySlot.of(channel);
    return switch (request.function()) {
      case PUBLISH ->
          SingleCommand.on(
              slot,
              Command.keyed(sharded ? "SPUBLISH" : "PUBLISH", channel, request.value().toString()),
              reply -> published(reply, request.value()));
      case LISTEN -> new Conversation(slot, listen(channel));
      case LISTEN_AT_REPLICA -> new Conversation(slot, listen(channel), Partner.REPLICA);
      default ->
          throw new IllegalArgumentException("a channel has no function " + request.function());
    };
  }

  private Turn listen(String channel) {
    return new Listen(new Listening(channel, sharded, LISTENING));
  }

  /** How many heard it is known to one node only, and promised by nobody. */
  private static Turn.Next published(Reply reply, Value message) {
    return reply instanceof Reply.Int
        ? new Turn.Next.Done(message)
        : new Turn.Next.Open(OperationError.UNEXPECTED_REPLY);
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of(DeliveryChecker.ofOneServer());
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return List.of(DeliveryChecker.ofCluster());
  }

  /** Any node takes a PUBLISH; a replica takes what concerns its master's channels. */
  @Override
  public List<String> answeredAnywhere() {
    return List.of(PUBLISH, LISTEN, LISTEN_AT_REPLICA);
  }

  /**
   * A channel of the cluster has no slot; those of shards do by
   * cluster-allow-pubsubshard-when-down.
   */
  @Override
  public List<String> answeredWhileDown() {
    return answeredAnywhere();
  }

  private record Listen(Listening what) implements Turn {
    @Override
    public List<Command> commands() {
      return List.of(Command.keyed(what.sharded() ? "SSUBSCRIBE" : "SUBSCRIBE", what.channel()));
    }

    @Override
    public Optional<Listening> listening() {
      return Optional.of(what);
    }

    @Override
    public boolean performs() {
      return false;
    }

    @Override
    public Next after(List<Reply> replies) {
      return replies.get(0) instanceof Reply.Failure failure
          ? new Next.Refused(failure.message())
          : new Next.Done(
              Value.of(replies.subList(1, replies.size()).stream().map(Reply::toValue).toList()));
    }
  }
}
