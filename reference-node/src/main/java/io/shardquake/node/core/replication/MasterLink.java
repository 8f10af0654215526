package io.shardquake.node.core.replication;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.rdb.CorruptRdb;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A replica's link to its master, from the first connection attempt to the stream, and again after
 * every loss. Not thread-safe.
 */
final class MasterLink implements Negotiation.Listener {
  private static final byte[] NEWLINE = {'\n'};

  private final Configuration configuration;
  private final Clients clients;
  private final ReplicationLog log;
  private final Replicas replicas;
  private final Outbox outbox;
  private final MasterConnection connection;
  private final LongSupplier now;
  private final Consumer<Client> readLater;
  private final DatasetArrival arrival;
  private final MasterEvents events;
  private final Negotiation negotiation;

  private LinkStage stage = LinkStage.NONE;
  private boolean resumable = true;
  private boolean ofItsMaster = true;
  private int database;
  private long downSince;
  private @Nullable MasterStream stream;
  private byte[] lastApplied = new byte[0];

  MasterLink(
      Configuration configuration,
      Clients clients,
      ReplicationLog log,
      Replicas replicas,
      Outbox outbox,
      MasterConnection connection,
      LongSupplier now,
      Consumer<Client> readLater,
      DatasetArrival arrival,
      MasterEvents events) {
    this.configuration = configuration;
    this.clients = clients;
    this.log = log;
    this.replicas = replicas;
    this.outbox = outbox;
    this.connection = connection;
    this.now = now;
    this.readLater = readLater;
    this.arrival = arrival;
    this.events = events;
    this.negotiation = new Negotiation(configuration, connection, events, this);
  }

  LinkStage stage() {
    return stage;
  }

  String host() {
    return connection.host();
  }

  int port() {
    return connection.port();
  }

  boolean isFollowing() {
    return stage != LinkStage.NONE;
  }

  boolean isUp() {
    return stage == LinkStage.CONNECTED;
  }

  boolean isLoading() {
    return stage == LinkStage.LOADING;
  }

  boolean owns(long number) {
    return connection.owns(number);
  }

  /** Unix milliseconds of the last sign of life, or of the loss of the link; 0 if it never was. */
  long lastContact() {
    return isUp() ? connection.heardAt() : downSince;
  }

  /** Unix milliseconds when bytes last came. */
  long heardAt() {
    return connection.heardAt();
  }

  /** The snapshot on its way here. */
  Optional<SnapshotReceiver> snapshot() {
    return arrival.snapshot();
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
    connection.aim(masterHost, masterPort);
    stage = LinkStage.CONNECT;
    connect();
  }

  /** What this node has is not the data of the master that it has just begun to follow. */
  void holdsOthersData() {
    ofItsMaster = false;
  }

  /** False from {@link #holdsOthersData} until the master's data have come. */
  boolean isOfItsMaster() {
    return ofItsMaster;
  }

  /** Ends the link and follows nobody. */
  void leave() {
    disconnect();
    stage = LinkStage.NONE;
    connection.aim("", 0);
    resumable = true;
    ofItsMaster = true;
    downSince = 0;
    database = 0;
  }

  /** Ends the connection, after finishing what must not be left half done. */
  private void disconnect() {
    while (arrival.isLoading()) {
      load();
    }
    hangUp();
  }

  private void hangUp() {
    if (stream != null) {
      stream.client().close();
    } else {
      connection.close();
    }
    forgetConnection();
  }

  private void forgetConnection() {
    if (stream != null) {
      database = stream.client().database();
      lastApplied = stream.lastApplied();
      downSince = now.getAsLong();
    }
    connection.forget();
    negotiation.forget();
    arrival.linkLost();
    stream = null;
    if (stage != LinkStage.NONE && stage != LinkStage.LOADING) {
      stage = LinkStage.CONNECT;
    }
  }

  private void connect() {
    stage = LinkStage.CONNECTING;
    connection.open();
  }

  /** The connection asked for is open. */
  void connected(String localIp) {
    connection.opened(localIp);
    stage = LinkStage.HANDSHAKE;
    negotiation.begin(log.history(), resumable);
  }

  /** The connection has ended, or could not be opened. */
  void closed(String reason) {
    outbox.log(Effect.Level.WARNING, "Connection with master lost: " + reason);
    boolean wasUp = isUp();
    boolean wasConnecting = stage == LinkStage.CONNECTING;
    forgetConnection();
    // One that was up may be there again at once; one that refused is given a second.
    if (wasUp && !wasConnecting) {
      connect();
    }
  }

  /** Bytes have come from the master. */
  void received(byte[] data) {
    connection.heard();
    switch (stage) {
      case HANDSHAKE, ANNOUNCED -> negotiation.received(data);
      case RECEIVING -> receive(data);
      case LOADING -> arrival.keep(data);
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

  @Override
  public void resumed(Handshake.Resume resume, byte[] rest) {
    outbox.log(Effect.Level.NOTICE, "Successful partial resynchronization with master.");
    log.resume(resume.id(), Backlog.size(configuration));
    events.answered(true);
    goOn().repeat(lastApplied);
    received(rest);
  }

  @Override
  public void promised(Optional<Handshake.Synchronize> history) {
    history.ifPresentOrElse(
        known -> {
          outbox.log(
              Effect.Level.NOTICE, "Full resync from master: " + known.id() + ":" + known.offset());
          arrival.promise(known.id(), known.offset());
        },
        arrival::promiseWithoutHistory);
    resumable = false;
    stage = LinkStage.ANNOUNCED;
  }

  @Override
  public void announced(String line, byte[] rest) {
    if (!arrival.announced(line)) {
      giveUp("MASTER aborted replication with an error: " + line);
      return;
    }
    stage = LinkStage.RECEIVING;
    receive(rest);
  }

  @Override
  public void failed(String why) {
    giveUp(why);
  }

  private void receive(byte[] data) {
    if (!arrival.receive(data)) {
      return;
    }
    outbox.log(
        Effect.Level.NOTICE,
        "MASTER <-> REPLICA sync: Loading " + arrival.received() + " bytes in memory");
    stage = LinkStage.LOADING;
    events.beforeLoading();
    replicas.disconnectAll();
    log.closeBacklog();
    arrival.load();
  }

  /**
   * Loads a slice of the snapshot, if one is being loaded.
   *
   * @return whether there is more to load
   */
  boolean load() {
    try {
      arrival.step().ifPresent(this::loaded);
    } catch (CorruptRdb e) {
      stage = LinkStage.CONNECT;
      giveUp("the master's snapshot cannot be used: " + e.getMessage());
      events.afterLoading();
    }
    return arrival.isLoading();
  }

  private void loaded(SnapshotLoading done) {
    outbox.log(
        Effect.Level.NOTICE,
        "MASTER <-> REPLICA sync: Finished with success, " + done.keys() + " keys");
    database = done.database();
    resumable = arrival.isResumable();
    ofItsMaster = true;
    log.adopt(arrival.id(), arrival.offset(), Backlog.size(configuration));
    events.afterLoading();
    if (!connection.isThere()) {
      stage = LinkStage.CONNECT; // The link was lost meanwhile; what was loaded can be built on.
      downSince = now.getAsLong();
      return;
    }
    boolean marked = arrival.isMarked();
    List<byte[]> waiting = arrival.takeEarly();
    goOn();
    waiting.forEach(this::received);
    if (marked) {
      acknowledge(); // Until then the master holds the stream back.
    }
  }

  /** Begins to obey the stream. */
  private MasterStream goOn() {
    stage = LinkStage.CONNECTED;
    ofItsMaster = true;
    connection.heard();
    boolean keepsLast = configuration.has(Defect.RESYNC_REPEATS_COMMAND);
    MasterStream begun =
        MasterStream.begin(clients, connection, database, log, now.getAsLong(), keepsLast);
    stream = begun;
    return begun;
  }

  /** Tells the master how far this replica is. */
  void acknowledge() {
    if (isUp() && resumable) {
      String offset = Long.toString(log.history().offset());
      connection.send(ReplicationLog.encode("REPLCONF", "ACK", offset));
    }
  }

  /** Once a second: reconnects, acknowledges, keeps alive, gives up on a silent master. */
  void everySecond() {
    long patience = configuration.number("repl-timeout") * 1000;
    boolean waits = connection.isThere() && stage != LinkStage.LOADING;
    if (waits && now.getAsLong() - connection.heardAt() > patience) {
      giveUp("Timeout: no data nor PING received from MASTER");
    }
    if (stage == LinkStage.CONNECT) {
      connect();
    } else if (stage == LinkStage.LOADING && connection.isThere()) {
      connection.send(NEWLINE);
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
