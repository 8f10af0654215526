package io.shardquake.node.core.bitmap;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.StrictInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** BITFIELD: a string as an array of numbers of any width. */
final class BitField implements CommandGroup {
  private static final int MOST_UNSIGNED = 63;
  private static final int MOST_SIGNED = 64;

  private final BitOffset offsets;

  BitField(BitOffset offsets) {
    this.offsets = offsets;
  }

  /** What is done to a field. */
  private enum Kind {
    GET(2),
    SET(3),
    INCRBY(3);

    private final int arguments;

    Kind(int arguments) {
      this.arguments = arguments;
    }
  }

  private record Step(Kind kind, Field field, long offset, long number, Field.Overflow overflow) {
    boolean writes() {
      return kind != Kind.GET;
    }

    long lastBit() {
      return offset + field.width() - 1;
    }
  }

  @Override
  public void register(CommandTable table) {
    table.add("bitfield", context -> bitfield(context, false));
    table.add("bitfield_ro", context -> bitfield(context, true));
  }

  private void bitfield(CommandContext context, boolean readOnly) {
    List<Step> steps = parse(context);
    byte[] key = context.argument(1);
    if (steps.stream().noneMatch(Step::writes)) {
      byte[] found = context.readString(key);
      byte[] bytes = found == null ? new byte[0] : found;
      context.reply().array(steps.size());
      steps.forEach(step -> context.reply().integer(step.field.get(bytes, step.offset)));
      return;
    }
    if (readOnly) {
      throw new ErrorReply("ERR BITFIELD_RO only supports the GET subcommand");
    }
    long reach = steps.stream().filter(Step::writes).mapToLong(Step::lastBit).max().orElse(0);
    BitOffset.Room room = BitOffset.reach(context, key, reach);
    context.reply().array(steps.size());
    boolean changed = false;
    for (Step step : steps) {
      changed |= perform(context, step, room);
    }
    if (changed || room.hasGrown()) {
      context.store(key, room.value());
    }
    if (!changed) {
      // As Redis: what was only made longer, by a step that failed, is not told to replicas.
      context.propagateNothing();
    }
  }

  private static boolean perform(CommandContext context, Step step, BitOffset.Room room) {
    byte[] bytes = room.bytes();
    Field field = step.field;
    long before = field.get(bytes, step.offset);
    if (step.kind == Kind.GET) {
      context.reply().integer(before);
      return false;
    }
    boolean adds = step.kind == Kind.INCRBY;
    Optional<Long> after =
        adds
            ? field.added(before, step.number, step.overflow)
            : field.fitted(step.number, step.overflow);
    if (after.isEmpty()) {
      context.reply().nullBulk();
      return false;
    }
    field.set(bytes, step.offset, after.get());
    context.reply().integer(adds ? after.get() : before);
    return room.hasGrown() || after.get() != before;
  }

  private List<Step> parse(CommandContext context) {
    List<Step> steps = new ArrayList<>();
    Field.Overflow overflow = Field.Overflow.WRAP;
    int next = 2;
    while (next < context.count()) {
      if (context.is(next, "OVERFLOW") && next + 1 < context.count()) {
        overflow = overflow(context, next + 1);
        next += 2;
      } else {
        Kind kind = kind(context, next);
        steps.add(step(context, next, kind, overflow));
        next += 1 + kind.arguments;
      }
    }
    return steps;
  }

  private static Field.Overflow overflow(CommandContext context, int index) {
    for (Field.Overflow overflow : Field.Overflow.values()) {
      if (context.is(index, overflow.name())) {
        return overflow;
      }
    }
    throw new ErrorReply("ERR Invalid OVERFLOW type specified");
  }

  private static Kind kind(CommandContext context, int index) {
    for (Kind kind : Kind.values()) {
      if (context.is(index, kind.name()) && index + kind.arguments < context.count()) {
        return kind;
      }
    }
    throw ErrorReply.syntax();
  }

  private Step step(CommandContext context, int index, Kind kind, Field.Overflow overflow) {
    Field field = field(context.argument(index + 1));
    long offset = offsets.parse(context, index + 2, field.width());
    long number = kind == Kind.GET ? 0 : context.integer(index + 3);
    return new Step(kind, field, offset, number, overflow);
  }

  private static Field field(byte[] text) {
    boolean signed = text.length > 0 && text[0] == 'i';
    boolean unsigned = text.length > 0 && text[0] == 'u';
    long width = signed || unsigned ? StrictInteger.parse(text, 1, text.length) : 0;
    if (width < 1 || width > (signed ? MOST_SIGNED : MOST_UNSIGNED)) {
      throw new ErrorReply(
          "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported"
              + " but i64 is.");
    }
    return new Field(signed, (int) width);
  }
}
