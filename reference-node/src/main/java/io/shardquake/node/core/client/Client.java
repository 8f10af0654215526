package io.shardquake.node.core.client;

import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.resp.RequestParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client connection and all that the node remembers of it. Not thread-safe. */
public final class Client {
  /** What is at the other end. */
  public enum Kind {
    NORMAL,
    /** A replica that follows this node. */
    REPLICA,
    /** The master that this node follows: its commands are obeyed, not answered. */
    MASTER
  }

  private final long id;
  private final long connection;
  private final String address;
  private final String localAddress;
  private final long connectedAt;
  private final RequestParser parser = new RequestParser();
  private final Consumer<Client> needsCare;
  private final ReplyBuffer reply;
  private final List<WatchedKey> watched = new ArrayList<>();
  private final Subscriptions subscriptions = new Subscriptions();
  private Kind kind = Kind.NORMAL;
  private String name = "";
  private String user = "default";
  private boolean authenticated;
  private boolean secure;
  private boolean readsFromReplica;
  private boolean asking;
  private boolean closing;
  private boolean watchBroken;
  private @Nullable Transaction transaction;
  private @Nullable Blocked blocked;
  private int database;
  private long lastInteraction;
  private String lastCommand = "NULL";
  private long writtenUpTo;
  private long outputBytes;
  private boolean monitoring;
  private boolean inScript;
  private boolean keptFromEviction;
  private ReplyMode replyMode = ReplyMode.ON;
  private @Nullable ClientTracking tracking;

  /** Which of its requests are answered (CLIENT REPLY). */
  public enum ReplyMode {
    ON,
    OFF,
    /** The next request is not answered. */
    SKIP_NEXT,
    /** The present request is not answered. */
    SKIP
  }

  /**
   * A client that has just connected.
   *
   * @param id as in CLIENT ID, from 1
   * @param address host:port of the other end
   * @param connectedAt Unix milliseconds
   * @param needsCare told when there is something to be sent to the client, or it is to be closed;
   *     perhaps more than once
   */
  public Client(
      long id,
      long connection,
      String address,
      String localAddress,
      long connectedAt,
      Consumer<Client> needsCare) {
    this.needsCare = needsCare;
    this.reply = new ReplyBuffer(() -> needsCare.accept(this));
    this.id = id;
    this.connection = connection;
    this.address = address;
    this.localAddress = localAddress;
    this.connectedAt = connectedAt;
    this.lastInteraction = connectedAt;
  }

  public long id() {
    return id;
  }

  public long connection() {
    return connection;
  }

  public String address() {
    return address;
  }

  public String localAddress() {
    return localAddress;
  }

  /** Whether its connection speaks TLS. */
  public boolean isSecure() {
    return secure;
  }

  public void secured() {
    this.secure = true;
  }

  public long connectedAt() {
    return connectedAt;
  }

  public RequestParser parser() {
    return parser;
  }

  public ReplyBuffer reply() {
    return reply;
  }

  public Kind kind() {
    return kind;
  }

  public void become(Kind other) {
    this.kind = other;
  }

  /** As CLIENT SETNAME gave it; empty if it has none. */
  public String name() {
    return name;
  }

  public void rename(String to) {
    this.name = to;
  }

  public String user() {
    return user;
  }

  public boolean isAuthenticated() {
    return authenticated;
  }

  public void authenticateAs(String name) {
    this.user = name;
    this.authenticated = true;
  }

  public void deauthenticate() {
    this.user = "default";
    this.authenticated = false;
  }

  /** Whether it asked to read from a replica (READONLY). */
  public boolean readsFromReplica() {
    return readsFromReplica;
  }

  public void readFromReplica(boolean yes) {
    this.readsFromReplica = yes;
  }

  /** Whether its next command may use a slot that is being imported (ASKING). */
  public boolean isAsking() {
    return asking;
  }

  public void ask(boolean yes) {
    this.asking = yes;
  }

  /** Whether it is to be closed once its replies have left; it is not listened to any more. */
  public boolean isClosing() {
    return closing;
  }

  public void close() {
    this.closing = true;
    needsCare.accept(this);
  }

  /** The transaction it has open. */
  public Optional<Transaction> transaction() {
    return Optional.ofNullable(transaction);
  }

  public void begin(Transaction begun) {
    this.transaction = begun;
  }

  public void endTransaction() {
    this.transaction = null;
  }

  /** The keys it watches. */
  public List<WatchedKey> watched() {
    return watched;
  }

  /** What it is subscribed to. */
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Whether a watched key has changed since. */
  public boolean isWatchBroken() {
    return watchBroken;
  }

  public void breakWatch(boolean yes) {
    this.watchBroken = yes;
  }

  /** What it waits for, if it waits. */
  public Optional<Blocked> blocked() {
    return Optional.ofNullable(blocked);
  }

  public void block(Blocked by) {
    this.blocked = by;
  }

  public void unblock() {
    this.blocked = null;
  }

  public int database() {
    return database;
  }

  public void select(int index) {
    this.database = index;
  }

  /** Unix milliseconds of its last request. */
  public long lastInteraction() {
    return lastInteraction;
  }

  /** The offset in the replication stream before which everything lies that it wrote. */
  public long writtenUpTo() {
    return writtenUpTo;
  }

  public void wroteUpTo(long offset) {
    this.writtenUpTo = offset;
  }

  public String lastCommand() {
    return lastCommand;
  }

  public void interacted(long nowMillis, String command) {
    this.lastInteraction = nowMillis;
    this.lastCommand = command;
  }

  /** Whether it is shown every command that runs (MONITOR). */
  public boolean isMonitoring() {
    return monitoring;
  }

  public void monitor(boolean yes) {
    this.monitoring = yes;
  }

  /** Whether what runs now is a command of a script of its. */
  public boolean isInScript() {
    return inScript;
  }

  public void runScript(boolean yes) {
    this.inScript = yes;
  }

  /** Whether it stays connected even when clients' memory is short (CLIENT NO-EVICT). */
  public boolean isKeptFromEviction() {
    return keptFromEviction;
  }

  public void keepFromEviction(boolean yes) {
    this.keptFromEviction = yes;
  }

  /** How it caches keys, if it wants to hear when they change (CLIENT TRACKING). */
  public Optional<ClientTracking> tracking() {
    return Optional.ofNullable(tracking);
  }

  /** Begins tracking, or changes how. */
  public void track(ClientTracking by) {
    this.tracking = by;
  }

  public void endTracking() {
    this.tracking = null;
  }

  /** Answers its requests from now on, or does not (CLIENT REPLY). */
  public void answer(ReplyMode mode) {
    this.replyMode = mode;
    reply.mute(mode == ReplyMode.OFF || mode == ReplyMode.SKIP);
  }

  public ReplyMode replyMode() {
    return replyMode;
  }

  /** A request of its has been dealt with: what held for that one only is over. */
  public void requestEnded() {
    boolean aboutItself = lastCommand.startsWith("client|");
    if (replyMode == ReplyMode.SKIP_NEXT) {
      answer(ReplyMode.SKIP);
    } else if (replyMode == ReplyMode.SKIP) {
      answer(ReplyMode.ON);
    }
    if (tracking != null && transaction == null && !aboutItself) {
      tracking.requestEnded();
    }
  }

  /** Bytes that are meant for it and have not left the process, as the shell last told. */
  public long outputBytes() {
    return outputBytes;
  }

  public void outputBytes(long bytes) {
    this.outputBytes = bytes;
  }
}
