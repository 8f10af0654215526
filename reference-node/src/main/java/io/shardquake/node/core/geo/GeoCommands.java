package io.shardquake.node.core.geo;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.SortedSetValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GEOADD, GEOPOS, GEODIST and GEOHASH. */
public final class GeoCommands implements CommandGroup {
  private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int HASH_LENGTH = 11;
  private static final int BITS_PER_LETTER = 5;
  private static final int SCORE_BITS = 52;
  private static final double POLE = 90;

  @Override
  public void register(CommandTable table) {
    table.add("geoadd", context -> add(context, table));
    table.add("geopos", GeoCommands::positions);
    table.add("geodist", GeoCommands::distance);
    table.add("geohash", GeoCommands::hashes);
  }

  /** Becomes a ZADD, which is also what replicas see. */
  private static void add(CommandContext context, CommandTable table) {
    int first = 2;
    boolean onlyNew = false;
    boolean onlyExisting = false;
    for (; first < context.count(); first++) {
      if (context.is(first, "NX")) {
        onlyNew = true;
      } else if (context.is(first, "XX")) {
        onlyExisting = true;
      } else if (!context.is(first, "CH")) {
        break;
      }
    }
    if ((context.count() - first) % 3 != 0 || (onlyNew && onlyExisting)) {
      throw ErrorReply.syntax();
    }
    List<byte[]> words = new ArrayList<>();
    words.add("zadd".getBytes(StandardCharsets.US_ASCII));
    for (int i = 1; i < first; i++) {
      words.add(context.argument(i));
    }
    for (int i = first; i < context.count(); i += 3) {
      GeoHash hash = GeoHash.of(Position.of(context, i), GeoHash.FINEST);
      words.add(Long.toString(hash.bits()).getBytes(StandardCharsets.US_ASCII));
      words.add(context.argument(i + 2));
    }
    context.becomes(words.toArray(byte[][]::new));
    table.handler("zadd").execute(context);
  }

  /** Where a member is; empty if it is not there. */
  static Optional<Position> position(@Nullable SortedSetValue set, byte[] member) {
    double score = set == null ? Double.NaN : set.score(member);
    return Double.isNaN(score) ? Optional.empty() : Optional.of(GeoHash.ofScore(score).centre());
  }

  private static void positions(CommandContext context) {
    SortedSetValue set = context.read(context.argument(1), SortedSetValue.class);
    context.reply().array(context.count() - 2);
    for (int i = 2; i < context.count(); i++) {
      Optional<Position> position = position(set, context.argument(i));
      if (position.isEmpty()) {
        context.reply().nullArray();
      } else {
        write(position.get(), context.reply());
      }
    }
  }

  static void write(Position position, ReplyBuffer reply) {
    reply.array(2);
    reply.plainReal(position.longitude());
    reply.plainReal(position.latitude());
  }

  private static void distance(CommandContext context) {
    DistanceUnit unit = context.count() == 5 ? DistanceUnit.of(context, 4) : DistanceUnit.M;
    if (context.count() > 5) {
      throw ErrorReply.syntax();
    }
    SortedSetValue set = context.read(context.argument(1), SortedSetValue.class);
    Optional<Position> from = position(set, context.argument(2));
    Optional<Position> to = position(set, context.argument(3));
    if (from.isEmpty() || to.isEmpty()) {
      context.reply().nullBulk();
    } else {
      write(from.get().distanceTo(to.get()) / unit.metres(), context.reply());
    }
  }

  static void write(double distance, ReplyBuffer reply) {
    reply.bulk(String.format(Locale.ROOT, "%.4f", distance));
  }

  private static void hashes(CommandContext context) {
    SortedSetValue set = context.read(context.argument(1), SortedSetValue.class);
    context.reply().array(context.count() - 2);
    for (int i = 2; i < context.count(); i++) {
      Optional<Position> position = position(set, context.argument(i));
      if (position.isEmpty()) {
        context.reply().nullBulk();
      } else {
        context.reply().bulk(text(position.get()));
      }
    }
  }

  /** The usual text of a geohash, whose grid goes to the poles; the last letter is always 0. */
  private static String text(Position position) {
    long bits = GeoHash.of(position, GeoHash.FINEST, POLE).bits();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < HASH_LENGTH; i++) {
      text.append(ALPHABET.charAt((int) (bits >>> (SCORE_BITS - BITS_PER_LETTER * i)) & 0x1f));
    }
    return text.append(ALPHABET.charAt(0)).toString();
  }
}
