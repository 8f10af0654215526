package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.sortedset.Combination.Form;
import io.shardquake.node.core.sortedset.Combination.Operation;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SortedSetValue;
import java.util.function.Supplier;

/** Unions, intersections and differences of sorted sets. */
public final class AlgebraCommands implements CommandGroup {
  private final Supplier<EncodingLimits> limits;

  public AlgebraCommands(Supplier<EncodingLimits> limits) {
    this.limits = limits;
  }

  @Override
  public void register(CommandTable table) {
    table.add("zunion", context -> reply(context, Operation.UNION));
    table.add("zinter", context -> reply(context, Operation.INTERSECTION));
    table.add("zdiff", context -> reply(context, Operation.DIFFERENCE));
    table.add("zunionstore", context -> store(context, Operation.UNION));
    table.add("zinterstore", context -> store(context, Operation.INTERSECTION));
    table.add("zdiffstore", context -> store(context, Operation.DIFFERENCE));
    table.add("zintercard", this::count);
  }

  private void reply(CommandContext context, Operation operation) {
    Combination combination = Combination.parse(context, 1, operation, Form.REPLY);
    SortedSetValue result = combination.result(limits.get());
    ScoredReply reply = new ScoredReply(context.reply(), combination.withScores());
    reply.begin(result.size());
    result.forEach(reply);
  }

  private void store(CommandContext context, Operation operation) {
    Combination combination = Combination.parse(context, 2, operation, Form.STORE);
    RangeCommands.store(context, context.argument(1), combination.result(limits.get()));
  }

  private void count(CommandContext context) {
    Combination combination = Combination.parse(context, 1, Operation.INTERSECTION, Form.COUNT);
    context.reply().integer(combination.result(limits.get()).size());
  }
}
