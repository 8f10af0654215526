package io.shardquake.workloads.lettuce;

import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.Endpoint;
import io.shardquake.workloads.cluster.Listening;
import io.shardquake.workloads.cluster.Transport;
import io.shardquake.workloads.protocol.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One process's Lettuce connections. */
final class LettuceTransport implements Transport {
  private final Connector connector;
  private final Subscriber subscriber;
  private final Map<Endpoint, Link> links = new LinkedHashMap<>();
  private @Nullable Link current;
  private @Nullable Batch underWay;
  private @Nullable Subscription subscription;

  LettuceTransport(Connector connector, Subscriber subscriber) {
    this.connector = connector;
    this.subscriber = subscriber;
  }

  @Override
  public void send(Endpoint to, List<Command> batch, Receiver receiver) {
    Link link = links.computeIfAbsent(to, endpoint -> new Link(endpoint, connector));
    Batch sent = new Batch(batch, receiver);
    current = link;
    underWay = sent;
    link.send(sent);
  }

  @Override
  public void listen(Endpoint to, Listening listening, Receiver receiver) {
    Subscription begun = new Subscription(listening, receiver);
    subscription = begun;
    subscriber
        .connect(to)
        .whenComplete(
            (opened, failure) -> {
              if (failure == null) {
                begun.opened(opened);
              } else {
                begun.fail(Link.errorOf(failure));
              }
            });
  }

  @Override
  public void leave() {
    if (subscription != null) {
      subscription.leave();
    }
  }

  @Override
  public void abandon(OperationError reason) {
    if (subscription != null) {
      subscription.fail(reason);
    }
    if (underWay != null && current != null && underWay.fail(reason)) {
      current.drop();
    }
  }

  @Override
  public void close() {
    abandon(OperationError.CLIENT_CLOSED);
    links.values().forEach(Link::close);
  }
}
