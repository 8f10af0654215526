package io.shardquake.node.core.debug;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.config.Directive;
import io.shardquake.node.core.keys.ExpiryCycle;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.rdb.CorruptRdb;
import io.shardquake.node.core.rdb.DumpPayload;
import io.shardquake.node.core.rdb.RdbLoader;
import io.shardquake.node.core.rdb.Snapshot;
import io.shardquake.node.core.rdb.SnapshotInfo;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** DEBUG: what tests use of it. */
public final class DebugCommand implements CommandGroup {
  private static final HelpText HELP = HelpText.named("DEBUG");
  private static final long LRU_CLOCK_LIMIT = 1 << 24;
  private static final int MOST_BYTES = 512 << 20;
  private static final int SLICE = 1 << 20;

  private final Configuration configuration;
  private final Databases databases;
  private final ExpiryCycle expiryCycle;
  private final Outbox outbox;
  private final Supplier<EncodingLimits> limits;
  private final DatasetDigest digest = new DatasetDigest();

  public DebugCommand(
      Configuration configuration,
      Databases databases,
      ExpiryCycle expiryCycle,
      Supplier<EncodingLimits> limits,
      Outbox outbox) {
    this.limits = limits;
    this.configuration = configuration;
    this.databases = databases;
    this.expiryCycle = expiryCycle;
    this.outbox = outbox;
  }

  @Override
  public void register(CommandTable table) {
    table.add("debug", this::debug);
  }

  private void debug(CommandContext context) {
    requirePermission(context.client());
    int arguments = context.count() - 2;
    switch (context.text(1).toLowerCase(Locale.ROOT)) {
      case "digest" -> {
        require(arguments == 0, context);
        context.reply().simple(digest.of(databases));
      }
      case "digest-value" -> digestValues(context);
      case "set-active-expire" -> {
        require(arguments == 1, context);
        expiryCycle.activate(context.is(2, "1"));
        context.reply().ok();
      }
      case "sleep" -> {
        require(arguments == 1, context);
        long micros = micros(context.text(2));
        outbox.toNetwork(new Effect.Stall(micros));
        context.stallsFor(micros);
        context.reply().ok();
      }
      case "object" -> {
        require(arguments >= 1, context);
        describe(context);
      }
      case "protocol" -> {
        require(arguments == 1, context);
        ProtocolSamples.reply(context);
      }
      case "reload" -> reload(context);
      case "populate" -> {
        require(arguments >= 1 && arguments <= 3, context);
        populate(context);
      }
      case "error" -> {
        require(arguments == 1, context);
        context.reply().error(context.quoted(2));
      }
      case "quicklist-packed-threshold" -> {
        require(arguments == 1, context);
        packedThreshold(context);
      }
      case "log" -> {
        require(arguments == 1, context);
        outbox.log(Effect.Level.WARNING, "DEBUG LOG: " + context.quoted(2));
        context.reply().ok();
      }
      case "help" -> HELP.execute(context);
      default -> throw unknown(context);
    }
  }

  /** Makes keys, as many as asked for, but for those that are there. */
  private static void populate(CommandContext context) {
    String outOfRange = "ERR value is out of range, must be positive";
    long count = context.integer(2, 0, Long.MAX_VALUE, outOfRange);
    String prefix = context.count() > 3 ? context.quoted(3) : "key";
    int size = context.count() > 4 ? (int) context.integer(4, 0, MOST_BYTES, outOfRange) : 0;
    for (long i = 0; i < count; i++) {
      byte[] key = (prefix + ":" + i).getBytes(StandardCharsets.ISO_8859_1);
      if (context.keyspace().get(key) == null) {
        byte[] value = ("value:" + i).getBytes(StandardCharsets.US_ASCII);
        context
            .keyspace()
            .put(key, new StringValue(size == 0 ? value : Arrays.copyOf(value, size)));
      }
    }
    context.reply().ok();
  }

  /** Redis packs smaller elements of lists only; here there is nothing to choose. */
  private static void packedThreshold(CommandContext context) {
    try {
      new Directive.Memory(0).canonical(context.quoted(2));
    } catch (IllegalArgumentException wrong) {
      throw new ErrorReply(
          "ERR argument must be a memory value bigger than 1 and smaller than 4gb");
    }
    context.reply().ok();
  }

  private static void describe(CommandContext context) {
    Value value = context.keyspace().get(context.argument(2));
    if (value == null) {
      throw ErrorReply.noSuchKey();
    }
    long idle = context.accesses().idleSeconds(value);
    context
        .reply()
        .simple(
            "Value at:0x0 refcount:1 encoding:"
                + value.encoding()
                + " serializedlength:"
                + DumpPayload.of(value).length
                + " lru:"
                + (context.nowMillis() / 1000 - idle) % LRU_CLOCK_LIMIT
                + " lru_seconds_idle:"
                + idle);
  }

  /** Writes all data as a snapshot, and reads it again in the place of what there is. */
  private void reload(CommandContext context) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Snapshot snapshot = new Snapshot(databases, SnapshotInfo.at(context.nowMillis()))) {
      while (!snapshot.isComplete()) {
        file.writeBytes(snapshot.next(SLICE));
      }
    }
    databases.all().forEach(Keyspace::clear);
    databases.functions().clear();
    RdbLoader loader = new RdbLoader(databases, limits.get(), OptionalLong.empty());
    loader.feed(file.toByteArray());
    try {
      boolean more = true;
      while (more) {
        more = loader.load(SLICE);
      }
    } catch (CorruptRdb e) {
      throw new IllegalStateException("this node cannot read what it has just written", e);
    }
    context.reply().ok();
  }

  private void requirePermission(Client client) {
    String permission = configuration.text("enable-debug-command");
    boolean local = client.address().startsWith("127.") || client.address().startsWith("::1");
    if (!permission.equals("yes") && !(permission.equals("local") && local)) {
      throw new ErrorReply(
          "ERR DEBUG command not allowed. If the enable-debug-command option is set to \"local\","
              + " you can run it from a local connection, otherwise you need to set this option in"
              + " the configuration file, and then restart the server.");
    }
  }

  private static void require(boolean fits, CommandContext context) {
    if (!fits) {
      throw unknown(context);
    }
  }

  private static ErrorReply unknown(CommandContext context) {
    return ErrorReply.unmatched(context.quoted(1), "DEBUG");
  }

  private void digestValues(CommandContext context) {
    context.reply().array(context.count() - 2);
    for (int i = 2; i < context.count(); i++) {
      context.reply().simple(digest.ofValue(context.keyspace(), context.argument(i)));
    }
  }

  /** What C's {@code strtod} makes of seconds, in microseconds; what is no number is 0. */
  private static long micros(String seconds) {
    return seconds.matches("\\d{1,9}(\\.\\d*)?|\\.\\d+")
        ? Math.round(Double.parseDouble(seconds) * 1e6)
        : 0;
  }
}
