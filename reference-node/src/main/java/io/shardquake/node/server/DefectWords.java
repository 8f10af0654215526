package io.shardquake.node.server;

import io.shardquake.node.core.defect.Defect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes the defects that a node shall have out of its command line.
 *
 * @param defects that were named
 * @param others the words that are not about defects, in their order
 */
record DefectWords(Set<Defect> defects, List<String> others) {
  private static final String OPTION = "--defect";

  /**
   * Looks for {@code --defect NAME} anywhere.
   *
   * @throws IllegalArgumentException with one line for the user, if a name is missing or unknown
   */
  static DefectWords takenFrom(List<String> words) {
    EnumSet<Defect> defects = EnumSet.noneOf(Defect.class);
    List<String> others = new ArrayList<>();
    Iterator<String> left = words.iterator();
    while (left.hasNext()) {
      String word = left.next();
      if (!word.equals(OPTION)) {
        others.add(word);
      } else if (left.hasNext()) {
        defects.add(named(left.next()));
      } else {
        throw new IllegalArgumentException(OPTION + " wants the name of a defect");
      }
    }
    return new DefectWords(defects, List.copyOf(others));
  }

  private static Defect named(String name) {
    return Defect.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no defect is called '" + name + "' (see --list-defects)"));
  }

  /** All defects, two lines each: name and promise, and the story. */
  static String list() {
    return Arrays.stream(Defect.values())
        .map(
            defect ->
                defect.title()
                    + " ("
                    + defect.promise()
                    + ")\n    "
                    + defect.story()
                    + "\n    Shows after: "
                    + defect.fault()
                    + ".\n")
        .collect(Collectors.joining());
  }
}
