package io.shardquake.node.core.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Users as lines of a file, {@code user NAME rule...}, as {@code aclfile} holds them. */
final class UserLines {
  private final String file;
  private final Function<String, User> created;
  private final boolean allChannels;
  private final Map<String, User> users = new TreeMap<>();
  private final List<String> mistakes = new ArrayList<>();

  /**
   * A reader.
   *
   * @param file its name, for complaints
   * @param created makes a user that has no rights yet
   * @param allChannels whether a user may use all channels unless told otherwise
   */
  UserLines(String file, Function<String, User> created, boolean allChannels) {
    this.file = file;
    this.created = created;
    this.allChannels = allChannels;
  }

  /**
   * The users that a text describes.
   *
   * @throws IllegalArgumentException whose message tells all that is wrong, in Redis's words
   */
  Map<String, User> read(String text) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        read(line.split("[ \t]+", -1), file + ":" + (i + 1) + ": ");
      }
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("", mistakes)
              + "WARNING: ACL errors detected, no change to the previously active ACL rules was"
              + " performed");
    }
    return users;
  }

  private void read(String[] words, String place) {
    if (!words[0].equals("user") || words.length < 2) {
      mistakes.add(place + "line should start with user keyword followed by the username. ");
      return;
    }
    if (users.containsKey(words[1])) {
      mistakes.add("WARNING: " + place + "Duplicate user '" + words[1] + "' found. ");
      return;
    }
    User user = created.apply(words[1]);
    try {
      for (String rule : joined(List.of(words).subList(2, words.length))) {
        user.apply(rule, allChannels);
      }
      users.put(words[1], user);
    } catch (BadRule wrong) {
      mistakes.add(place + wrong.getMessage() + ". ");
    }
  }

  /**
   * Rules, with those of a selector in parentheses joined into one.
   *
   * @throws BadRule if a parenthesis is not closed
   */
  static List<String> joined(List<String> words) throws BadRule {
    List<String> rules = new ArrayList<>();
    String open = "";
    String first = "";
    for (String word : words) {
      if (!open.isEmpty()) {
        open = open + " " + word;
      } else if (word.startsWith("(")) {
        open = word;
        first = word;
      } else {
        rules.add(word);
        continue;
      }
      if (open.endsWith(")")) {
        rules.add(open);
        open = "";
      }
    }
    if (!open.isEmpty()) {
      throw new BadRule("Unmatched parenthesis in acl selector starting at '" + first + "'.");
    }
    return rules;
  }
}
