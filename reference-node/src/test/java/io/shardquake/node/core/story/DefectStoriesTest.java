package io.shardquake.node.core.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.defect.Defect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shows for each defect what is different with it: the same story is played without the defect and
 * with it, and what happens in its last paragraph is compared with what is written for each. With
 * {@code -Dstories.rewrite=DIRECTORY} what happens is written there instead, to be read and then
 * kept.
 */
final class DefectStoriesTest {
  private static final String FILE = "defects.stories";
  private static final String TITLE = "== ";
  private static final String WITHOUT = "without the defect:";
  private static final String WITH = "with the defect:";

  /** A story, and how it ends. */
  private record Told(Defect defect, List<String> script, List<String> without, List<String> with) {
    static Told of(List<String> section) {
      int without = section.indexOf(WITHOUT);
      int with = section.indexOf(WITH);
      Defect defect = Defect.named(section.get(0).substring(TITLE.length())).orElseThrow();
      return new Told(
          defect,
          section.subList(1, without),
          section.subList(without + 1, with),
          section.subList(with + 1, section.size()).stream()
              .filter(line -> !line.isBlank())
              .toList());
    }

    /** What happens in the last paragraph when nodes have these defects. */
    List<String> played(Set<Defect> defects) {
      List<String> happened = Story.play(script, defects);
      int paragraph = happened.lastIndexOf("");
      return happened.subList(paragraph + 1, happened.size()).stream()
          .filter(line -> line.startsWith("    "))
          .toList();
    }

    Stream<String> rewritten() {
      Stream<String> start = Stream.concat(Stream.of(TITLE + defect), script.stream());
      Stream<String> sound = Stream.concat(Stream.of(WITHOUT), played(Set.of()).stream());
      Stream<String> broken = Stream.concat(Stream.of(WITH), played(Set.of(defect)).stream());
      return Stream.concat(Stream.concat(start, sound), Stream.concat(broken, Stream.of("")));
    }
  }

  static List<Told> stories() throws IOException {
    List<List<String>> sections = new ArrayList<>();
    try (InputStream in = DefectStoriesTest.class.getResourceAsStream(FILE)) {
      assertThat(in).as(FILE).isNotNull();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith(TITLE)) {
          sections.add(new ArrayList<>());
        }
        if (!sections.isEmpty()) {
          sections.get(sections.size() - 1).add(line);
        }
      }
    }
    return sections.stream().map(Told::of).toList();
  }

  @ParameterizedTest
  @MethodSource("stories")
  void endsAsToldWithoutTheDefectAndWithIt(Told told) throws IOException {
    Optional<Path> rewrite =
        Optional.ofNullable(System.getProperty("stories.rewrite")).map(Path::of);
    if (rewrite.isPresent()) {
      Files.write(rewrite.get().resolve(told.defect() + ".story"), told.rewritten().toList());
      return;
    }
    assertThat(told.played(Set.of())).as("without %s", told.defect()).isEqualTo(told.without());
    assertThat(told.played(Set.of(told.defect())))
        .as("with %s", told.defect())
        .isEqualTo(told.with())
        .isNotEqualTo(told.without());
  }

  /** Those of the log and of a snapshot under way need a disk, or a slow replica. */
  @Test
  void everyDefectHasItsStory() throws IOException {
    Set<Defect> told =
        EnumSet.of(
            Defect.WRITE_NODES_CONF_IN_PLACE,
            Defect.ACKNOWLEDGE_BEFORE_APPENDING,
            Defect.DROP_AOF_TAIL,
            Defect.FULL_SYNC_DROPS_WRITES);
    stories().forEach(story -> told.add(story.defect()));
    assertThat(told).containsExactlyInAnyOrder(Defect.values());
  }
}
