package io.shardquake.node.core.replication;

import io.shardquake.node.core.ConnectionNumbers;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.rdb.CorruptRdb;
import io.shardquake.node.core.value.EncodingLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A replica's link to its master, from the first connection attempt to the stream, and again after
 * every loss. Not thread-safe.
 */
final class MasterLink {
  /** How far the link is. */
  enum Stage {
    /** There is no master. */
    NONE("none"),
    /** To be connected at the next opportunity. */
    CONNECT("connect"),
    CONNECTING("connecting"),
    HANDSHAKE("handshake"),
    /** A snapshot was promised. */
    ANNOUNCED("sync"),
    RECEIVING("sync"),
    LOADING("sync"),
    CONNECTED("connected");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    /** As ROLE prints it. */
    String word() {
      return word;
    }
  }

  /** What others have to do when the link gets somewhere. */
  interface Listener {
    /** All data is about to be replaced. */
    void beforeLoading();

    /** All data has been replaced. */
    void afterLoading();

    /** The master has agreed to synchronize, or not. */
    void answered(boolean agreed);

    /** What PSYNC is to end with. */
    List<String> lastWords();
  }

  private static final int LINE_LIMIT = 64 * 1024;
  private static final long NO_CONNECTION = -1;
  private static final long NO_OFFSET = -1;
  private static final byte[] NEWLINE = {'\n'};

  private final Configuration configuration;
  private final Databases databases;
  private final Clients clients;
  private final ReplicationLog log;
  private final Replicas replicas;
  private final Outbox outbox;
  private final ConnectionNumbers numbers;
  private final LongSupplier now;
  private final Consumer<Client> readLater;
  private final int hashSeed;
  private final Listener listener;

  private Stage stage = Stage.NONE;
  private String host = "";
  private int port;
  private long connection = NO_CONNECTION;
  private boolean resumable = true;
  private int database;
  private long heardAt;
  private long downSince;
  private String localAddress = "";
  private LineBuffer lines = new LineBuffer();
  private @Nullable Handshake handshake;
  private @Nullable SnapshotReceiver snapshot;
  private @Nullable SnapshotLoading loading;
  private @Nullable MasterStream stream;
  private final Deque<byte[]> early = new ArrayDeque<>();
  private byte[] lastApplied = new byte[0];
  private String promisedId = "";
  private long promisedOffset;

  MasterLink(
      Configuration configuration,
      Databases databases,
      Clients clients,
      ReplicationLog log,
      Replicas replicas,
      Outbox outbox,
      ConnectionNumbers numbers,
      LongSupplier now,
      Consumer<Client> readLater,
      int hashSeed,
      Listener listener) {
    this.configuration = configuration;
    this.databases = databases;
    this.clients = clients;
    this.log = log;
    this.replicas = replicas;
    this.outbox = outbox;
    this.numbers = numbers;
    this.now = now;
    this.readLater = readLater;
    this.hashSeed = hashSeed;
    this.listener = listener;
  }

  Stage stage() {
    return stage;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  boolean isFollowing() {
    return stage != Stage.NONE;
  }

  boolean isUp() {
    return stage == Stage.CONNECTED;
  }

  boolean isLoading() {
    return stage == Stage.LOADING;
  }

  boolean owns(long number) {
    return number == connection;
  }

  /** Unix milliseconds of the last sign of life, or of the loss of the link; 0 if it never was. */
  long lastContact() {
    return isUp() ? heardAt : downSince;
  }

  /** Unix milliseconds when bytes last came. */
  long heardAt() {
    return heardAt;
  }

  /** The snapshot on its way here. */
  Optional<SnapshotReceiver> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  /** The stream, while the link is up. */
  Optional<MasterStream> stream() {
    return Optional.ofNullable(stream);
  }

  /** The database selected in the master's stream. */
  int selectedDatabase() {
    return stream == null ? database : stream.client().database();
  }

  /** Takes up the stream's selected database from an earlier life. */
  void restore(int selectedDatabase) {
    database = selectedDatabase;
  }

  /** Connects to a master, giving up the present one, whose stream may be resumed there. */
  void follow(String masterHost, int masterPort) {
    disconnect();
    host = masterHost;
    port = masterPort;
    stage = Stage.CONNECT;
    connect();
  }

  /** Ends the link and follows nobody. */
  void leave() {
    disconnect();
    stage = Stage.NONE;
    host = "";
    port = 0;
    resumable = true;
    downSince = 0;
    database = 0;
  }

  /** Ends the connection, after finishing what must not be left half done. */
  private void disconnect() {
    while (loading != null) {
      load();
    }
    hangUp();
  }

  private void hangUp() {
    if (stream != null) {
      database = stream.client().database();
      lastApplied = stream.lastApplied();
      stream.client().close();
      downSince = now.getAsLong();
    } else if (connection != NO_CONNECTION) {
      outbox.toNetwork(new Effect.Close(connection));
    }
    forgetConnection();
  }

  private void forgetConnection() {
    connection = NO_CONNECTION;
    lines = new LineBuffer();
    handshake = null;
    snapshot = null;
    stream = null;
    early.clear();
    if (stage != Stage.NONE && stage != Stage.LOADING) {
      stage = Stage.CONNECT;
    }
  }

  private void connect() {
    outbox.log(Effect.Level.NOTICE, "Connecting to MASTER " + host + ":" + port);
    connection = numbers.next();
    stage = Stage.CONNECTING;
    heardAt = now.getAsLong();
    outbox.toNetwork(
        new Effect.Connect(connection, host, port, configuration.text("bind-source-addr")));
  }

  /** The connection asked for is open. */
  void connected(String localIp) {
    localAddress = localIp;
    heardAt = now.getAsLong();
    stage = Stage.HANDSHAKE;
    handshake = new Handshake(configuration, psync());
    send(handshake.greeting());
  }

  private byte[] psync() {
    ReplicationHistory history = log.history();
    List<String> words = new ArrayList<>(List.of("PSYNC"));
    words.add(resumable ? history.id() : "?");
    words.add(resumable ? Long.toString(history.offset() + 1) : "-1");
    words.addAll(listener.lastWords());
    return ReplicationLog.encode(words.toArray(String[]::new));
  }

  private void send(byte[] bytes) {
    outbox.toNetwork(new Effect.Send(connection, bytes));
  }

  /** The connection has ended, or could not be opened. */
  void closed(String reason) {
    outbox.log(Effect.Level.WARNING, "Connection with master lost: " + reason);
    boolean wasUp = isUp();
    boolean wasConnecting = stage == Stage.CONNECTING;
    if (stream != null) {
      database = stream.client().database();
      lastApplied = stream.lastApplied();
      downSince = now.getAsLong();
    }
    forgetConnection();
    // One that was up may be there again at once; one that refused is given a second.
    if (wasUp && !wasConnecting) {
      connect();
    }
  }

  /** Bytes have come from the master. */
  void received(byte[] data) {
    heardAt = now.getAsLong();
    switch (stage) {
      case HANDSHAKE, ANNOUNCED -> {
        lines.feed(data);
        readLines();
      }
      case RECEIVING -> receive(data);
      case LOADING -> early.addLast(data);
      case CONNECTED -> {
        if (stream != null) {
          stream.feed(data);
          readLater.accept(stream.client());
          distrustIfBroken();
        }
      }
      default -> {}
    }
  }

  private void readLines() {
    while (stage == Stage.HANDSHAKE || stage == Stage.ANNOUNCED) {
      Optional<String> line = lines.next();
      if (line.isEmpty()) {
        if (lines.length() > LINE_LIMIT) {
          giveUp("the master sends a line without end");
        }
        return;
      }
      if (stage == Stage.ANNOUNCED) {
        announced(line.get());
      } else if (handshake != null) {
        take(handshake.heard(line.get()));
      }
    }
  }

  private void take(Handshake.Step step) {
    if (step instanceof Handshake.Say say) {
      send(say.bytes());
    } else if (step instanceof Handshake.Resume resume) {
      resume(resume);
    } else if (step instanceof Handshake.Synchronize synchronize) {
      outbox.log(
          Effect.Level.NOTICE,
          "Full resync from master: " + synchronize.id() + ":" + synchronize.offset());
      promise(synchronize.id(), synchronize.offset());
    } else if (step instanceof Handshake.OldSynchronize) {
      synchronizeInTheOldWay();
    } else if (step instanceof Handshake.GiveUp why) {
      if (why.refused()) {
        listener.answered(false);
      }
      giveUp(why.reason());
    }
  }

  private void synchronizeInTheOldWay() {
    if (!listener.lastWords().isEmpty()) {
      listener.answered(false);
      giveUp("the master refuses to exchange roles");
      return;
    }
    send("SYNC\r\n".getBytes(StandardCharsets.US_ASCII));
    promise(ReplicationHistory.NO_ID, NO_OFFSET);
  }

  private void promise(String id, long offset) {
    promisedId = id;
    promisedOffset = offset;
    resumable = false;
    stage = Stage.ANNOUNCED;
    handshake = null;
    listener.answered(true);
  }

  private void resume(Handshake.Resume resume) {
    ReplicationHistory history = log.history();
    outbox.log(Effect.Level.NOTICE, "Successful partial resynchronization with master.");
    resume
        .id()
        .filter(id -> !id.equals(history.id()))
        .ifPresent(
            id -> {
              history.fork(id);
              // Our own replicas have to learn the new ID; they will resume.
              replicas.disconnectAll();
            });
    if (log.backlog().isEmpty()) {
      log.openBacklog(Backlog.size(configuration));
    }
    listener.answered(true);
    byte[] rest = lines.takeRest();
    goOn(new byte[0]);
    if (stream != null) {
      stream.repeat(lastApplied);
    }
    received(rest);
  }

  private void announced(String line) {
    if (line.isEmpty()) {
      return; // The master is still preparing.
    }
    Optional<SnapshotReceiver> receiver = SnapshotReceiver.announcedBy(line);
    if (receiver.isEmpty()) {
      giveUp("MASTER aborted replication with an error: " + line);
      return;
    }
    snapshot = receiver.get();
    stage = Stage.RECEIVING;
    receive(lines.takeRest());
  }

  private void receive(byte[] data) {
    if (snapshot == null) {
      return;
    }
    byte[] rest = snapshot.feed(data);
    if (!snapshot.isComplete()) {
      return;
    }
    if (rest.length > 0) {
      early.addLast(rest);
    }
    outbox.log(
        Effect.Level.NOTICE,
        "MASTER <-> REPLICA sync: Loading " + snapshot.received() + " bytes in memory");
    stage = Stage.LOADING;
    listener.beforeLoading();
    replicas.disconnectAll();
    log.closeBacklog();
    loading = new SnapshotLoading(snapshot, databases, EncodingLimits.of(configuration, hashSeed));
  }

  /**
   * Loads a slice of the snapshot, if one is being loaded.
   *
   * @return whether there is more to load
   */
  boolean load() {
    if (loading == null) {
      return false;
    }
    try {
      if (loading.step()) {
        return true;
      }
    } catch (CorruptRdb e) {
      loading = null;
      stage = Stage.CONNECT;
      giveUp("the master's snapshot cannot be used: " + e.getMessage());
      listener.afterLoading();
      return false;
    }
    loaded(loading);
    return false;
  }

  private void loaded(SnapshotLoading done) {
    loading = null;
    boolean marked = snapshot != null && snapshot.isMarked();
    outbox.log(
        Effect.Level.NOTICE,
        "MASTER <-> REPLICA sync: Finished with success, " + done.keys() + " keys");
    database = done.database();
    resumable = promisedOffset != NO_OFFSET;
    log.history().adopt(promisedId, Math.max(promisedOffset, 0));
    log.openBacklog(Backlog.size(configuration));
    listener.afterLoading();
    if (connection == NO_CONNECTION) {
      stage = Stage.CONNECT; // The link was lost meanwhile; what was loaded can be built on.
      downSince = now.getAsLong();
      return;
    }
    snapshot = null;
    List<byte[]> waiting = List.copyOf(early);
    early.clear();
    goOn(new byte[0]);
    waiting.forEach(this::received);
    if (marked) {
      acknowledge(); // Until then the master holds the stream back.
    }
  }

  /** Begins to obey the stream. */
  private void goOn(byte[] first) {
    stage = Stage.CONNECTED;
    handshake = null;
    heardAt = now.getAsLong();
    Client client = clients.add(connection, host + ":" + port, localAddress, now.getAsLong());
    client.become(Client.Kind.MASTER);
    client.reply().mute(true);
    client.select(database);
    stream = new MasterStream(client, log, configuration.has(Defect.RESYNC_REPEATS_COMMAND));
    if (first.length > 0) {
      received(first);
    }
  }

  /** Tells the master how far this replica is. */
  void acknowledge() {
    if (isUp() && resumable) {
      String offset = Long.toString(log.history().offset());
      send(ReplicationLog.encode("REPLCONF", "ACK", offset));
    }
  }

  /** Once a second: reconnects, acknowledges, keeps alive, gives up on a silent master. */
  void everySecond() {
    long patience = configuration.number("repl-timeout") * 1000;
    boolean waits = connection != NO_CONNECTION && stage != Stage.LOADING;
    if (waits && now.getAsLong() - heardAt > patience) {
      giveUp("Timeout: no data nor PING received from MASTER");
    }
    if (stage == Stage.CONNECT) {
      connect();
    } else if (stage == Stage.LOADING && connection != NO_CONNECTION) {
      send(NEWLINE);
    }
    acknowledge();
  }

  /** Ends the connection, to try again later. */
  void giveUp(String why) {
    outbox.log(Effect.Level.WARNING, why);
    hangUp();
  }

  /** The master's command has been carried out. */
  void handled() {
    if (stream != null) {
      stream.handled();
      distrustIfBroken();
    }
  }

  /** A stream that breaks its protocol makes doubtful what it said before. */
  private void distrustIfBroken() {
    if (stream != null && stream.isBroken()) {
      resumable = false;
      giveUp("the master's stream is no sequence of requests");
    }
  }
}
