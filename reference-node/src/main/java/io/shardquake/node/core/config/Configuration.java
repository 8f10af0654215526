package io.shardquake.node.core.config;

import io.shardquake.node.core.defect.Defect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The values of all directives. Not thread-safe. */
public final class Configuration {
  private final Map<String, Directive> directives = new TreeMap<>();
  private final Map<String, Setting> settings = new HashMap<>();
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private final Set<Defect> defects;

  /** A value and what it is read as: some are asked for with every command. */
  private static final class Setting {
    private String text;
    private boolean yes;
    private long number;
    private boolean isNumber;

    Setting(String text) {
      this.text = text;
      this.yes = text.equals("yes");
    }

    void set(String value) {
      text = value;
      yes = value.equals("yes");
      isNumber = false;
    }

    /** Read when first asked for: most are no numbers. */
    long number() {
      if (!isNumber) {
        number = Long.parseLong(text);
        isNumber = true;
      }
      return number;
    }
  }

  /** All defaults, and no defects. */
  public Configuration() {
    this(EnumSet.noneOf(Defect.class));
  }

  /** All defaults, and some defects. */
  public Configuration(Set<Defect> defects) {
    EnumSet<Defect> copy = EnumSet.noneOf(Defect.class);
    copy.addAll(defects);
    this.defects = Collections.unmodifiableSet(copy);
    Directives.ALL.forEach(this::add);
    IdleDirectives.ALL.forEach(this::add);
    TlsDirectives.ALL.forEach(this::add);
  }

  private void add(Directive directive) {
    Setting setting = new Setting(directive.defaultValue());
    directives.put(directive.name(), directive);
    settings.put(directive.name(), setting);
    if (!directive.alias().isEmpty()) {
      directives.put(directive.alias(), directive);
      settings.put(directive.alias(), setting);
    }
  }

  /** The defects that the node has, in the order of their declaration. */
  public Set<Defect> defects() {
    return defects;
  }

  /** Whether the node has a defect. */
  public boolean has(Defect defect) {
    return defects.contains(defect);
  }

  /** Calls {@code listener} with the name of each directive that changes later on. */
  public void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** The directive of a name or alias, in any case. */
  public Optional<Directive> directive(String name) {
    return Optional.ofNullable(directives.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Names and aliases of all directives, in order. */
  public List<String> names() {
    return List.copyOf(directives.keySet());
  }

  /**
   * Sets a directive, whether it is mutable or not.
   *
   * @throws IllegalArgumentException whose message says what is wrong with the name or value
   */
  public void set(String name, String value) {
    Directive directive =
        directive(name)
            .orElseThrow(
                () -> new IllegalArgumentException("Bad directive or wrong number of arguments"));
    Setting setting = setting(directive.name());
    String canonical = directive.type().canonical(value, setting.text);
    if (!canonical.equals(setting.text)) {
      setting.set(canonical);
      listeners.forEach(listener -> listener.accept(directive.name()));
    }
  }

  /**
   * A directive's value as CONFIG GET prints it.
   *
   * @throws IllegalArgumentException if there is no such directive
   */
  public String text(String name) {
    return setting(name).text;
  }

  /** A directive's value as a number. */
  public long number(String name) {
    return setting(name).number();
  }

  /** Whether a directive is {@code yes}. */
  public boolean yes(String name) {
    return setting(name).yes;
  }

  private Setting setting(String name) {
    Setting setting = settings.get(name);
    if (setting == null) {
      setting = settings.get(name.toLowerCase(Locale.ROOT));
    }
    if (setting == null) {
      throw new IllegalArgumentException("no directive " + name);
    }
    return setting;
  }
}
