package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.Gatekeeper;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.info.InfoSection;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.propagation.Propagation;
import io.shardquake.node.core.rdb.RdbLoader;
import io.shardquake.node.core.value.EncodingLimits;
import java.io.ByteArrayOutputStream;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What keeps the data when the process ends, put together: the RDB file, the append-only file, and
 * the loading of either at the start. Not thread-safe.
 */
public final class Persistence {
  private final Configuration configuration;
  private final Databases databases;
  private final Propagation propagation;
  private final Outbox outbox;
  private final LongSupplier now;
  private final Supplier<EncodingLimits> limits;
  private final BooleanSupplier isReplica;
  private final DiskRequests disk;
  private final RdbSaves saves;
  private final AppendOnlyFile aof;
  private final SaveCommands commands;
  private final PersistenceGates gates;
  private boolean loading;
  private Runnable whenLoaded = () -> {};

  /**
   * Persistence that has loaded nothing and keeps nothing yet.
   *
   * @param now Unix milliseconds
   * @param limits of the compact forms of collections
   * @param isReplica whether the node follows a master, and so leaves expired keys to it
   */
  public Persistence(
      Configuration configuration,
      Databases databases,
      Propagation propagation,
      WaitingClients waiting,
      Outbox outbox,
      LongSupplier now,
      Supplier<EncodingLimits> limits,
      BooleanSupplier isReplica) {
    this.configuration = configuration;
    this.databases = databases;
    this.propagation = propagation;
    this.outbox = outbox;
    this.now = now;
    this.limits = limits;
    this.isReplica = isReplica;
    this.disk = new DiskRequests(outbox);
    this.saves = new RdbSaves(configuration, databases, disk, outbox, now);
    AofWriter writer = new AofWriter(configuration, disk, outbox, now, this::isWritingSnapshot);
    this.aof = new AppendOnlyFile(configuration, databases, disk, outbox, now, writer);
    this.commands = new SaveCommands(saves, aof, waiting);
    this.gates = new PersistenceGates(configuration, saves, aof, this::isLoading);
    propagation.addSink(writer);
    configuration.onChange(this::configured);
  }

  private boolean isWritingSnapshot() {
    return saves.isRunning() || aof.isRewriting();
  }

  /** SAVE, BGSAVE, LASTSAVE, BGREWRITEAOF. */
  public CommandGroup commands() {
    return commands;
  }

  /** Refuses writes that could not be kept. */
  public Gatekeeper misconfiguration() {
    return gates.misconfiguration();
  }

  /** Refuses most commands while data is being loaded. */
  public Gatekeeper loadingGate() {
    return gates.loading();
  }

  /** INFO persistence. */
  public InfoSection section() {
    return new PersistenceSection(saves, aof, this::isLoading);
  }

  /** What may be asked of the disk. */
  public DiskRequests disk() {
    return disk;
  }

  /** Whether the data of an earlier life is being loaded. */
  public boolean isLoading() {
    return loading;
  }

  /** Calls the listener once the data of an earlier life is there. */
  public void onLoaded(Runnable listener) {
    whenLoaded = listener;
  }

  /**
   * Loads what an earlier life left, and keeps from then on what the configuration asks for.
   *
   * @param handler runs a client's request at once
   */
  public void start(BiConsumer<Client, byte[][]> handler) {
    loading = true;
    if (configuration.yes("appendonly")) {
      Replay replay = new Replay(handler, propagation);
      new AofStartup(configuration, databases, limits.get(), replay, disk, outbox, new AofLoaded())
          .begin();
    } else {
      new FileReading(disk, AofNames.of(configuration).manifest(), new IdleManifest()).begin();
    }
  }

  private void loadRdb() {
    String file = configuration.text("dbfilename");
    OptionalLong expiredBefore =
        isReplica.getAsBoolean() ? OptionalLong.empty() : OptionalLong.of(now.getAsLong());
    RdbLoader loader = new RdbLoader(databases, limits.get(), expiredBefore);
    new FileReading(
            disk,
            file,
            new RdbFileLoad(
                loader, this::rdbLoaded, reason -> refuse(file + " cannot be used: " + reason)))
        .begin();
  }

  private void rdbLoaded(RdbLoader loader) {
    loader.notices().forEach(notice -> outbox.log(Effect.Level.WARNING, notice));
    loaded(loader.keys());
  }

  private void loaded(long keys) {
    loading = false;
    saves.loaded();
    outbox.log(Effect.Level.NOTICE, "DB loaded: " + keys + " keys");
    whenLoaded.run();
  }

  private void refuse(String reason) {
    outbox.log(Effect.Level.WARNING, reason);
    outbox.toNetwork(new Effect.Exit(1));
  }

  private void configured(String directive) {
    if (directive.equals("appendonly") && !loading) {
      if (!configuration.yes("appendonly")) {
        aof.end();
      } else if (!aof.isOn()) {
        aof.begin();
      }
    }
  }

  /** All data has been replaced by a master's: what was logged before means nothing any more. */
  public void dataReplaced() {
    aof.beginAnew();
  }

  /** Something that was asked of the disk is done. */
  public void done(Input.Done done) {
    disk.done(done);
  }

  /** A piece of a file has come. */
  public void piece(Input.FilePiece piece) {
    disk.piece(piece);
  }

  /** Time has passed: what is due begins. */
  public void tick() {
    aof.tick();
    if (loading || isWritingSnapshot()) {
      return;
    }
    if (aof.isScheduled() || aof.isRewriteDue()) {
      aof.rewrite();
    } else if (saves.isScheduled() || saves.isDue()) {
      saves.begin();
    }
  }

  /** Ends a turn: what its replies rest on goes to disk before them. */
  public void endTurn() {
    aof.endTurn();
    saves.endTurn();
  }

  /** Whether an end without further words is to save the data: if there are save points. */
  public boolean savesAtEnd() {
    return saves.hasSavePoints();
  }

  /**
   * Brings everything to disk before the process ends. Nothing may change meanwhile.
   *
   * @param save whether to save the RDB file too
   * @param then hears what went wrong, or an empty text
   */
  public void finish(boolean save, Consumer<String> then) {
    aof.writer().flush();
    aof.writer().syncNow();
    if (save && !loading) {
      saves.awaitEnd(then);
      saves.start();
    } else {
      then.accept("");
    }
  }

  /** Goes on when the append-only file is loaded. */
  private final class AofLoaded implements AofStartup.Listener {
    @Override
    public void loaded(AofManifest manifest, long allSizes, long lastSize) {
      aof.resume(manifest, allSizes, lastSize);
      long keys = 0;
      for (int i = 0; i < databases.count(); i++) {
        keys += databases.get(i).size();
      }
      Persistence.this.loaded(keys);
    }

    @Override
    public void failed(String reason) {
      refuse(reason);
    }
  }

  /** Notes which files an append-only file has that is not in use now. */
  private final class IdleManifest implements FileReading.Reader {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    @Override
    public void piece(byte[] data) {
      content.writeBytes(data);
    }

    @Override
    public void end(boolean exists) {
      if (exists) {
        try {
          aof.know(AofManifest.parse(content.toByteArray()));
        } catch (IllegalArgumentException e) {
          failed(String.valueOf(e.getMessage()));
          return;
        }
      }
      loadRdb();
    }

    @Override
    public void failed(String reason) {
      outbox.log(Effect.Level.WARNING, "passing over the AOF manifest: " + reason);
      loadRdb();
    }
  }
}
