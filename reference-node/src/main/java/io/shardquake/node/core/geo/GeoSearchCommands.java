package io.shardquake.node.core.geo;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SortedSetValue;
import java.util.List;
import java.util.function.Supplier;

/** GEOSEARCH, GEOSEARCHSTORE, and GEORADIUS with its relatives. */
public final class GeoSearchCommands implements CommandGroup {
  private final Supplier<EncodingLimits> limits;

  public GeoSearchCommands(Supplier<EncodingLimits> limits) {
    this.limits = limits;
  }

  @Override
  public void register(CommandTable table) {
    table.add("georadius", context -> run(context, GeoSearch.Form.AROUND_POSITION, true));
    table.add("georadius_ro", context -> run(context, GeoSearch.Form.AROUND_POSITION, false));
    table.add("georadiusbymember", context -> run(context, GeoSearch.Form.AROUND_MEMBER, true));
    table.add("georadiusbymember_ro", context -> run(context, GeoSearch.Form.AROUND_MEMBER, false));
    table.add("geosearch", context -> run(context, GeoSearch.Form.SEARCH, false));
    table.add("geosearchstore", context -> run(context, GeoSearch.Form.SEARCH_AND_STORE, false));
  }

  private void run(CommandContext context, GeoSearch.Form form, boolean mayStore) {
    byte[] source = context.argument(form == GeoSearch.Form.SEARCH_AND_STORE ? 2 : 1);
    SortedSetValue set = context.read(source, SortedSetValue.class);
    GeoSearch search = GeoSearch.parse(context, form, mayStore, set);
    List<GeoSearch.Found> found = search.run();
    if (search.destination().isPresent()) {
      store(context, search.destination().get(), search, found);
    } else {
      reply(context.reply(), search, found);
    }
  }

  private void store(
      CommandContext context, byte[] key, GeoSearch search, List<GeoSearch.Found> found) {
    if (found.isEmpty()) {
      context.drop(key);
    } else {
      SortedSetValue stored = new SortedSetValue();
      for (GeoSearch.Found each : found) {
        double score = search.storesDistance() ? each.metres() / search.unit() : each.score();
        stored.put(each.member(), score, limits.get());
      }
      context.replace(key, stored);
    }
    context.reply().integer(found.size());
  }

  private static void reply(ReplyBuffer reply, GeoSearch search, List<GeoSearch.Found> found) {
    int extras = 0;
    extras += search.withDistance() ? 1 : 0;
    extras += search.withHash() ? 1 : 0;
    extras += search.withPosition() ? 1 : 0;
    reply.array(found.size());
    for (GeoSearch.Found each : found) {
      if (extras > 0) {
        reply.array(extras + 1);
      }
      reply.bulk(each.member());
      if (search.withDistance()) {
        GeoCommands.write(each.metres() / search.unit(), reply);
      }
      if (search.withHash()) {
        reply.integer((long) each.score());
      }
      if (search.withPosition()) {
        GeoCommands.write(each.position(), reply);
      }
    }
  }
}
