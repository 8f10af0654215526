package io.shardquake.workloads.cluster;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.client.OperationError.Certainty;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.cluster.Conversation.Partner;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One operation on its way through the cluster: a state machine that says what to do next and is
 * told what came of it.
 *
 * <pre>
 *             ┌───────── another turn ─────────┐
 *             ▼                                │
 *   start ─► Send ──replies──► judge ──────────┴─────────► Finish (Ok, Fail, Info)
 *             ▲ │                │
 *             │ │                ├─ MOVED, ASK: from the opening, at the node that was named
 *             │ │                └─ TRYAGAIN: Wait, then from the opening, at the same node
 *             └─│────────────────────────────┘
 *               └──failure──► Finish (Info if performing commands may have left, else Fail)
 * </pre>
 *
 * <p><b>At most once.</b> Commands are sent a second time only after a reply that proves that
 * nothing was executed the first time. After a failure nothing is sent again, even where that would
 * be safe: the next operation finds out whether the node is back.
 *
 * <p>Not thread-safe.
 */
final class Pursuit implements Turn.Reader<Move> {
  private final Conversation conversation;
  private final SlotTable slots;
  private final PursuitLimits limits;
  private final Consumer<String> unknownErrors;

  private Turn turn;
  private ClusterNode node;
  private boolean asking;
  private int redirects;
  private int waits;
  private boolean slotsDoubted;
  private OperationError obstacle = OperationError.TIMEOUT;
  private Optional<ClusterNode> answeredBy = Optional.empty();

  /** The nodes that performing commands may have reached before the current one. */
  private List<ClusterNode> reachedBefore = List.of();

  /**
   * An operation that has not begun.
   *
   * @param unknownErrors is given every error reply that the error table does not know
   */
  Pursuit(
      Conversation conversation,
      SlotTable slots,
      PursuitLimits limits,
      Consumer<String> unknownErrors) {
    this.conversation = conversation;
    this.slots = slots;
    this.limits = limits;
    this.unknownErrors = unknownErrors;
    this.turn = conversation.opening();
    this.node =
        switch (conversation.partner()) {
          case OWNER -> slots.owner(conversation.slot());
          case REPLICA -> slots.replica(conversation.slot());
        };
    // Servers do not tell of a replica before it has said in a heartbeat how far it has got.
    this.slotsDoubted =
        conversation.partner() == Partner.REPLICA && node.equals(slots.owner(conversation.slot()));
  }

  /** The first move. */
  Move start() {
    return say(turn);
  }

  /** After {@link Move.Send}: every command was answered. */
  Move answered(List<Reply> replies) {
    answeredBy = Optional.of(node);
    boolean asked = asking && turn.listening().isEmpty();
    return turn.after(asked ? Asking.removeReplies(turn.commands(), replies) : replies).read(this);
  }

  /** After {@link Move.Send}: see {@link Transport.Receiver#failed}. */
  Move failed(OperationError error, boolean mayHaveLeft) {
    slotsDoubted = true;
    if (!mayHaveLeft) {
      return notDone(error.certainty() == Certainty.OPEN ? OperationError.NOT_SENT : error);
    }
    return turn.performs() ? open(error) : notDone(error);
  }

  /** After {@link Move.Wait}. */
  Move waited() {
    return restart(node, asking);
  }

  /** Instead of doing what a move says: there is no time left for it. */
  Move outOfTime() {
    return notDone(obstacle);
  }

  /** Whether what was believed of the slots turned out to be wrong. */
  boolean slotsDoubted() {
    return slotsDoubted;
  }

  @Override
  public Move say(Turn next) {
    turn = next;
    Optional<Listening> listening = next.listening();
    if (listening.isPresent()) {
      return new Move.Listen(node, listening.get());
    }
    return new Move.Send(node, asking ? Asking.before(next.commands()) : next.commands());
  }

  @Override
  public Move sayOfOthers(Turn next) {
    if (asking) {
      reachedBefore = turn.performs() ? withCurrent() : reachedBefore;
      node = slots.owner(conversation.slot());
      asking = false;
    }
    return say(next);
  }

  @Override
  public Move done(Value value) {
    return new Move.Finish(new Outcome.Ok(value, byAnswering()));
  }

  @Override
  public Move notDone(OperationError error) {
    return new Move.Finish(new Outcome.Fail(error.label(), byAnswering()));
  }

  @Override
  public Move open(OperationError error) {
    return new Move.Finish(new Outcome.Info(error.label(), byReached()));
  }

  @Override
  public Move refused(String message) {
    OperationError error = OperationError.ofReply(message);
    if (error == OperationError.UNKNOWN_ERROR) {
      unknownErrors.accept(message);
    }
    slotsDoubted |= error == OperationError.MOVED || error == OperationError.CLUSTERDOWN;
    return switch (error.recovery()) {
      case FOLLOW -> follow(error, message, false);
      case ASK -> follow(error, message, true);
      case RETRY -> retry(error);
      case NONE -> concludeWith(error);
    };
  }

  private Move concludeWith(OperationError error) {
    return error.certainty() == Certainty.OPEN && turn.performs() ? open(error) : notDone(error);
  }

  private Move follow(OperationError error, String message, boolean ask) {
    Optional<Redirection> redirection = Redirection.parse(message, node.endpoint());
    if (redirection.isEmpty()) {
      return notDone(error);
    }
    ClusterNode target = slots.node(redirection.get().target());
    if (!ask) {
      int slot = redirection.get().slot();
      slots.assign(new SlotRange(slot, slot), target);
    }
    if (redirects == limits.maxRedirects()) {
      return notDone(OperationError.TOO_MANY_REDIRECTS);
    }
    redirects++;
    return restart(target, ask);
  }

  private Move retry(OperationError error) {
    if (redirects == limits.maxRedirects()) {
      return notDone(OperationError.TOO_MANY_REDIRECTS);
    }
    redirects++;
    obstacle = error;
    long nanos = limits.backoffNanos(waits);
    waits++;
    return new Move.Wait(nanos);
  }

  private Move restart(ClusterNode target, boolean ask) {
    if (turn.performs()) {
      reachedBefore = withCurrent();
    }
    node = target;
    asking = ask;
    obstacle = OperationError.TIMEOUT;
    return say(conversation.opening());
  }

  private List<ClusterNode> withCurrent() {
    List<ClusterNode> nodes = new ArrayList<>(reachedBefore);
    if (!nodes.contains(node)) {
      nodes.add(node);
    }
    return nodes;
  }

  private Attribution byAnswering() {
    return answeredBy
        .map(by -> redirects == 0 ? by.direct() : new Attribution(List.of(by.name()), redirects))
        .orElse(Attribution.NONE);
  }

  private Attribution byReached() {
    List<String> names = withCurrent().stream().map(ClusterNode::name).toList();
    return new Attribution(names, redirects);
  }
}
