package io.shardquake.node.core.sort;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.resp.Strtod;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.ListValue;
import io.shardquake.node.core.value.SetValue;
import io.shardquake.node.core.value.SortedSetValue;
import io.shardquake.node.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SORT and SORT_RO. */
public final class SortCommands implements CommandGroup {
  private final Configuration configuration;
  private final Supplier<EncodingLimits> limits;

  public SortCommands(Configuration configuration, Supplier<EncodingLimits> limits) {
    this.configuration = configuration;
    this.limits = limits;
  }

  @Override
  public void register(CommandTable table) {
    table.add("sort", context -> sort(context, true));
    table.add("sort_ro", context -> sort(context, false));
  }

  /**
   * An element, and what it is sorted by.
   *
   * @param weight null if what it is to be sorted by does not exist
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  private record Element(byte[] bytes, byte @Nullable [] weight, double score) {}

  private void sort(CommandContext context, boolean mayStore) {
    SortOptions options =
        SortOptions.parse(context, mayStore, configuration.yes("cluster-enabled"));
    Value value = context.read(context.argument(1));
    if (value instanceof SortedSetValue sortedSet) {
      sortedSet.unpack(limits.get());
    }
    List<byte[]> elements = elements(value);
    boolean ordered = !(value instanceof SetValue);
    if (options.isUnsorted() && !ordered && options.destination().isPresent()) {
      options.sortAlphabetically();
    }
    if (options.isUnsorted()) {
      if (options.isDescending() && ordered) {
        Collections.reverse(elements);
      }
    } else {
      elements = sorted(context, options, elements);
    }
    List<byte[]> chosen = options.limited(elements);
    if (options.destination().isPresent()) {
      store(context, options, chosen);
    } else {
      reply(context, options, chosen);
    }
  }

  private static List<byte[]> elements(@Nullable Value value) {
    List<byte[]> elements = new ArrayList<>();
    if (value instanceof ListValue list) {
      list.forEach(elements::add);
    } else if (value instanceof SetValue set) {
      set.forEach(elements::add);
    } else if (value instanceof SortedSetValue sortedSet) {
      sortedSet.forEach((member, score) -> elements.add(member));
    } else if (value != null) {
      throw ErrorReply.wrongType();
    }
    return elements;
  }

  private static List<byte[]> sorted(
      CommandContext context, SortOptions options, List<byte[]> elements) {
    List<Element> weighed = new ArrayList<>(elements.size());
    for (byte[] element : elements) {
      byte[] weight =
          options.by().isPresent() ? options.by().get().resolve(context, element) : element;
      double score = options.isAlphabetic() || weight == null ? 0 : score(weight);
      weighed.add(new Element(element, weight, score));
    }
    Comparator<Element> order = options.isAlphabetic() ? byWeight() : byScore();
    weighed.sort(options.isDescending() ? order.reversed() : order);
    return new ArrayList<>(weighed.stream().map(Element::bytes).toList());
  }

  private static double score(byte[] weight) {
    Strtod read = Strtod.read(weight);
    if (read.length() < weight.length || read.outOfRange() || Double.isNaN(read.value())) {
      throw new ErrorReply("ERR One or more scores can't be converted into double");
    }
    return read.value();
  }

  /** Equal scores are told apart by the elements, so that the order is the same everywhere. */
  private static Comparator<Element> byScore() {
    return Comparator.comparingDouble(Element::score)
        .thenComparing(Element::bytes, Arrays::compareUnsigned);
  }

  private static Comparator<Element> byWeight() {
    return Comparator.comparing(
        Element::weight, Comparator.nullsFirst((a, b) -> Arrays.compareUnsigned(a, b)));
  }

  private static void reply(CommandContext context, SortOptions options, List<byte[]> chosen) {
    if (options.gets().isEmpty()) {
      context.reply().bulks(chosen);
      return;
    }
    context.reply().array(chosen.size() * options.gets().size());
    for (byte[] element : chosen) {
      for (KeyTemplate get : options.gets()) {
        byte[] got = get.resolve(context, element);
        if (got == null) {
          context.reply().nullBulk();
        } else {
          context.reply().bulk(got);
        }
      }
    }
  }

  private static void store(CommandContext context, SortOptions options, List<byte[]> chosen) {
    ListValue list = new ListValue();
    for (byte[] element : chosen) {
      if (options.gets().isEmpty()) {
        list.addLast(element);
      }
      for (KeyTemplate get : options.gets()) {
        byte[] got = get.resolve(context, element);
        list.addLast(got == null ? new byte[0] : got);
      }
    }
    byte[] key = options.destination().orElseThrow();
    if (!list.isEmpty()) {
      context.replace(key, list);
    } else {
      context.drop(key);
    }
    context.reply().integer(list.size());
  }
}
