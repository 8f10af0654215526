package io.shardquake.node.core.dict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class DictTest {
  private static byte[] key(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Property
  void holdsWhatAMapHolds(@ForAll List<@IntRange(min = -200, max = 200) Integer> steps) {
    Dict<Integer> dict = new Dict<>(7);
    Map<String, Integer> model = new TreeMap<>();
    for (int step : steps) {
      byte[] key = key(Math.abs(step));
      String name = new String(key, StandardCharsets.US_ASCII);
      if (step >= 0) {
        assertThat(dict.put(key, step)).isEqualTo(model.put(name, step));
      } else {
        assertThat(dict.remove(key)).isEqualTo(model.remove(name));
      }
    }
    Map<String, Integer> content = new TreeMap<>();
    dict.forEach((key, value) -> content.put(new String(key, StandardCharsets.US_ASCII), value));
    assertThat(content).isEqualTo(model);
    assertThat(dict.size()).isEqualTo(model.size());
  }

  @Property(tries = 200)
  void aScanSeesWhateverStaysThroughGrowthAndShrinkage(
      @ForAll @IntRange(min = 0, max = 300) int staying,
      @ForAll @IntRange(min = 0, max = 3000) int passing,
      @ForAll @IntRange(min = 1, max = 50) int changeEvery) {
    Dict<Boolean> dict = new Dict<>(11);
    for (int i = 0; i < staying; i++) {
      dict.put(key(i), true);
    }
    TreeSet<String> seen = new TreeSet<>();
    long cursor = 0;
    int calls = 0;
    boolean growing = true;
    do {
      cursor =
          dict.scan(cursor, (key, value) -> seen.add(new String(key, StandardCharsets.US_ASCII)));
      if (++calls % changeEvery == 0) {
        for (int i = 0; i < passing; i++) {
          byte[] key = key(1000 + i);
          if (growing) {
            dict.put(key, false);
          } else {
            dict.remove(key);
          }
        }
        growing = !growing;
      }
    } while (cursor != 0);
    for (int i = 0; i < staying; i++) {
      assertThat(seen).as("key %d was there all the time", i).contains(Integer.toString(i));
    }
  }
}
