package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A history written by hand: see the heads of the story files.
 *
 * @param name what it shows
 * @param expected the anomalies in it
 */
record TransactionStory(String name, List<String> expected, History history) {
  private static final Pattern LINE =
      Pattern.compile("(\\d+) +(\\d+)-(\\d+) +(ok|fail|info) +(.*)");
  private static final Pattern MICRO =
      Pattern.compile("(append|r) (\\w+) (\\w+|\\[[^\\]]*\\])(?:, *|$)");

  /** The stories of a resource, separated by lines that begin with {@code ==}. */
  static List<TransactionStory> read(String resource) {
    try (InputStream stream = TransactionStory.class.getResourceAsStream(resource)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^== ", -1))
          .skip(1)
          .map(TransactionStory::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TransactionStory parse(String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    List<String> expected = new ArrayList<>();
    SortedMap<Long, Consumer<History.Builder>> events = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("expect ")) {
        expected.addAll(List.of(line.substring("expect ".length()).split(", ", -1)));
      } else {
        add(line, events);
      }
    }
    History.Builder history = new History.Builder();
    events.values().forEach(event -> event.accept(history));
    return new TransactionStory(lines.get(0), expected, history.build());
  }

  private static void add(String line, SortedMap<Long, Consumer<History.Builder>> events) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a transaction: " + line);
    }
    int process = Integer.parseInt(matcher.group(1));
    long call = Long.parseLong(matcher.group(2));
    long end = Long.parseLong(matcher.group(3));
    Value asked = transaction(matcher.group(5), false);
    Value told = transaction(matcher.group(5), true);
    Completion completion =
        switch (matcher.group(4)) {
          case "ok" -> new Completion.Ok(end, end, told, Attribution.NONE);
          case "fail" -> new Completion.Fail(end, end, "aborted", Attribution.NONE);
          default -> new Completion.Info(end, end, "timeout", Attribution.NONE);
        };
    events.put(
        call,
        history -> history.invoke(new Invocation(call, call, process, "txn", Value.nil(), asked)));
    events.put(end, history -> history.complete(process, completion));
  }

  private static Value transaction(String text, boolean told) {
    List<Value> micros = new ArrayList<>();
    Matcher matcher = MICRO.matcher(text);
    while (matcher.find()) {
      String content = matcher.group(3);
      boolean isRead = matcher.group(1).equals("r");
      Value value = isRead ? (told ? elements(content) : Value.nil()) : atom(content);
      micros.add(
          Value.of(List.of(new Value.Keyword(matcher.group(1)), atom(matcher.group(2)), value)));
    }
    return Value.of(micros);
  }

  private static Value elements(String list) {
    String inside = list.substring(1, list.length() - 1).strip();
    return inside.isEmpty()
        ? Value.of(List.of())
        : Value.of(Arrays.stream(inside.split(" +", -1)).map(TransactionStory::atom).toList());
  }

  private static Value atom(String text) {
    return text.matches("\\d+") ? Value.of(Long.parseLong(text)) : Value.of(text);
  }

  @Override
  public String toString() {
    return name;
  }
}
