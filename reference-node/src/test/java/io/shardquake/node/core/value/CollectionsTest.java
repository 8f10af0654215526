package io.shardquake.node.core.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The collections against those of the JDK, in their compact and in their large forms. */
final class CollectionsTest {
  private static final EncodingLimits LIMITS = new EncodingLimits(16, 64, 16, 64, 16, 5);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Property(tries = 100)
  void aHashHoldsWhatAMapHolds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int fields) {
    SplittableRandom random = new SplittableRandom(seed);
    HashValue hash = new HashValue();
    Map<String, String> model = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      String field = "f" + random.nextInt(fields);
      if (random.nextInt(3) > 0) {
        String value = "v".repeat(random.nextInt(200) < 199 ? random.nextInt(60) : 300);
        boolean isNew = model.put(field, value) == null;
        assertThat(hash.put(bytes(field), bytes(value), LIMITS)).isEqualTo(isNew);
      } else {
        assertThat(hash.remove(bytes(field))).isEqualTo(model.remove(field) != null);
      }
    }
    for (HashValue same : List.of(hash, hash.copy())) {
      Map<String, String> content = new TreeMap<>();
      same.forEach((field, value) -> content.put(text(field), text(value)));
      assertThat(content).isEqualTo(model);
      assertThat(same.size()).isEqualTo(model.size());
      assertThat(same.encoding()).isEqualTo(hash.encoding());
    }
  }

  @Test
  void aHashStaysATableOnceItWasOne() {
    HashValue hash = new HashValue();
    hash.put(bytes("b"), bytes("1"), LIMITS);
    hash.put(bytes("a"), bytes("2"), LIMITS);
    List<String> order = new ArrayList<>();
    hash.forEach((field, value) -> order.add(text(field)));
    assertThat(order).as("a small hash keeps the order of arrival").containsExactly("b", "a");
    assertThat(hash.encoding()).isEqualTo("listpack");
    hash.put(bytes("long"), new byte[65], LIMITS);
    assertThat(hash.encoding()).isEqualTo("hashtable");
    hash.remove(bytes("long"));
    assertThat(hash.encoding()).isEqualTo("hashtable");
  }

  @Property(tries = 100)
  void aSetHoldsWhatASetHolds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int range) {
    SplittableRandom random = new SplittableRandom(seed);
    SetValue set = new SetValue();
    TreeSet<String> model = new TreeSet<>();
    int shift = random.nextInt(63);
    for (int i = 0; i < 200; i++) {
      long number = (long) (random.nextInt(range) - range / 2) << shift;
      String member = random.nextInt(2000) == 0 ? "0" + number : Long.toString(number);
      if (random.nextInt(3) > 0) {
        assertThat(set.add(bytes(member), LIMITS)).isEqualTo(model.add(member));
      } else {
        assertThat(set.remove(bytes(member))).isEqualTo(model.remove(member));
      }
      assertThat(set.contains(bytes(member))).isEqualTo(model.contains(member));
    }
    for (SetValue same : List.of(set, set.copy())) {
      TreeSet<String> content = new TreeSet<>();
      same.forEach(member -> content.add(text(member)));
      assertThat(content).isEqualTo(model);
      assertThat(same.size()).isEqualTo(model.size());
    }
  }

  @Test
  void aSetOfNumbersBecomesATableByItsSizeOrByAWord() {
    SetValue set = new SetValue();
    set.add(bytes("-9223372036854775808"), LIMITS);
    set.add(bytes("9223372036854775807"), LIMITS);
    set.add(bytes("0"), LIMITS);
    assertThat(set.encoding()).isEqualTo("intset");
    List<String> members = new ArrayList<>();
    set.forEach(member -> members.add(text(member)));
    assertThat(members).containsExactly("-9223372036854775808", "0", "9223372036854775807");
    SetValue many = set.copy();
    for (int i = 1; i <= 14; i++) {
      many.add(bytes(Integer.toString(i)), LIMITS);
    }
    assertThat(many.encoding()).isEqualTo("hashtable");
    set.add(bytes("+1"), LIMITS);
    set.remove(bytes("+1"));
    assertThat(set.encoding()).isEqualTo("hashtable");
  }

  @Property(tries = 150)
  void aListHoldsWhatAListHolds(@ForAll long seed, @ForAll @IntRange(max = 5000) int longest) {
    SplittableRandom random = new SplittableRandom(seed);
    ListValue list = new ListValue();
    List<String> model = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String element = i % 7 + "x".repeat(random.nextInt(longest + 1));
      int index = random.nextInt(model.size() + 1);
      switch (random.nextInt(model.isEmpty() ? 3 : 7)) {
        case 0 -> {
          list.addFirst(bytes(element));
          model.add(0, element);
        }
        case 1 -> {
          list.addLast(bytes(element));
          model.add(element);
        }
        case 2 -> {
          list.insert(index, bytes(element));
          model.add(index, element);
        }
        case 3 -> assertThat(text(list.removeFirst())).isEqualTo(model.remove(0));
        case 4 -> assertThat(text(list.removeLast())).isEqualTo(model.remove(model.size() - 1));
        case 5 -> {
          list.set(index % model.size(), bytes(element));
          model.set(index % model.size(), element);
        }
        default -> {
          int count = Math.min(random.nextInt(4), model.size() - index);
          list.removeRange(index, count);
          model.subList(index, index + count).clear();
        }
      }
    }
    assertThat(elements(list)).isEqualTo(model);
    assertThat(elements(list.copy())).isEqualTo(model);
    List<String> backwards = new ArrayList<>();
    list.walkBack(list.size() - 1, element -> backwards.add(text(element)));
    Collections.reverse(backwards);
    assertThat(backwards).isEqualTo(model);
    for (int i = 0; i < model.size(); i++) {
      assertThat(text(list.get(i))).isEqualTo(model.get(i));
    }
  }

  @Property(tries = 100)
  void aListRemovesEqualElementsFromEitherEnd(
      @ForAll List<@IntRange(min = 0, max = 3) Integer> content,
      @ForAll @IntRange(min = 0, max = 5) int most,
      @ForAll boolean fromTail) {
    ListValue list = new ListValue();
    List<String> model = new ArrayList<>();
    for (int number : content) {
      String element = number + "x".repeat(2500);
      list.addLast(bytes(element));
      model.add(element);
    }
    String wanted = "1" + "x".repeat(2500);
    int removed = 0;
    while (removed < most && model.contains(wanted)) {
      model.remove(fromTail ? model.lastIndexOf(wanted) : model.indexOf(wanted));
      removed++;
    }
    assertThat(list.removeEqual(bytes(wanted), most, fromTail)).isEqualTo(removed);
    assertThat(elements(list)).isEqualTo(model);
    assertThat(list.size()).isEqualTo(model.size());
  }

  private static List<String> elements(ListValue list) {
    List<String> elements = new ArrayList<>();
    list.forEach(element -> elements.add(text(element)));
    return elements;
  }

  private record Scored(String member, double score) {}

  @Property(tries = 150)
  void aSortedSetHoldsItsMembersInOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int members) {
    SplittableRandom random = new SplittableRandom(seed);
    SortedSetValue set = new SortedSetValue();
    TreeMap<String, Double> model = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      String member = "m" + random.nextInt(members);
      double score = random.nextInt(10) / 4.0;
      if (random.nextInt(4) > 0) {
        assertThat(set.put(bytes(member), score, LIMITS))
            .isEqualTo(model.put(member, score) == null);
      } else {
        assertThat(set.remove(bytes(member))).isEqualTo(model.remove(member) != null);
      }
    }
    assertIsInOrder(set, model);
    assertIsInOrder(set.copy(), model);
    int from = random.nextInt(set.size() + 1);
    int to = from + random.nextInt(set.size() - from + 1);
    sorted(model).subList(from, to).forEach(entry -> model.remove(entry.member()));
    set.removeRange(from, to);
    assertIsInOrder(set, model);
  }

  private static List<Scored> sorted(Map<String, Double> model) {
    List<Scored> sorted = new ArrayList<>();
    model.forEach((member, score) -> sorted.add(new Scored(member, score)));
    sorted.sort(Comparator.comparingDouble(Scored::score).thenComparing(Scored::member));
    return sorted;
  }

  private static void assertIsInOrder(SortedSetValue set, Map<String, Double> model) {
    List<Scored> expected = sorted(model);
    List<Scored> upwards = new ArrayList<>();
    set.forEach((member, score) -> upwards.add(new Scored(text(member), score)));
    assertThat(upwards).isEqualTo(expected);
    List<Scored> downwards = new ArrayList<>();
    set.rangeBack(0, set.size(), (m, score) -> downwards.add(new Scored(text(m), score)));
    Collections.reverse(downwards);
    assertThat(downwards).isEqualTo(expected);
    for (int i = 0; i < expected.size(); i++) {
      Scored here = expected.get(i);
      assertThat(set.rank(bytes(here.member()))).isEqualTo(i);
      assertThat(set.score(bytes(here.member()))).isEqualTo(here.score());
      List<String> one = new ArrayList<>();
      set.range(i, i + 1, (member, score) -> one.add(text(member)));
      assertThat(one).containsExactly(here.member());
    }
    for (double border = -0.25; border < 3; border += 0.25) {
      double at = border;
      assertThat(set.countBelow(at, false))
          .isEqualTo((int) expected.stream().filter(e -> e.score() < at).count());
      assertThat(set.countBelow(at, true))
          .isEqualTo((int) expected.stream().filter(e -> e.score() <= at).count());
    }
  }

  @Property(tries = 50)
  void membersOfOneScoreAreFoundByTheirBytes(@ForAll @IntRange(min = 0, max = 100) int members) {
    SortedSetValue set = new SortedSetValue();
    for (int i = 0; i < members; i++) {
      set.put(new byte[] {(byte) (2 * i)}, 1, LIMITS);
    }
    for (int i = 0; i < 2 * members; i++) {
      byte[] border = {(byte) i};
      assertThat(set.countBelowMember(border, false)).isEqualTo((i + 1) / 2);
      assertThat(set.countBelowMember(border, true)).isEqualTo(i / 2 + 1);
    }
  }
}
