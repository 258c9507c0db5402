package io.serai.route;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML with the parser that Camel uses, and keeps where everything stands. */
final class Parse {

    private final String file;
    private final Consumer<Fault> faults;

    private Parse(String file, Consumer<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** @return nothing when there is a fault in its syntax */
    static Item yaml(String file, String text, Consumer<Fault> faults) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().setLabel(file).setMaxAliasesForCollections(20).build()).composeString(text);
            if (root.isEmpty()) {
                faults.accept(Fault.at(file, 1, "the file is empty", "write a route, or delete the file"));
                return Item.nothing(file);
            }
            return new Parse(file, faults).item(root.get());
        } catch (MarkedYamlEngineException malformed) {
            faults.accept(fault(file, text, malformed));
        } catch (YamlEngineException malformed) {
            faults.accept(Fault.at(file, 1, malformed.getMessage().lines().findFirst().orElse("not YAML"), null));
        }
        return Item.nothing(file);
    }

    private static Fault fault(String file, String text, MarkedYamlEngineException malformed) {
        Mark mark = malformed.getProblemMark().or(malformed::getContextMark).orElse(null);
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        List<String> lines = text.lines().toList();
        boolean tab = line <= lines.size() && lines.get(line - 1).matches("[ ]*\\t.*");
        String what = malformed.getProblem() == null ? malformed.getMessage().lines().findFirst().orElse("not YAML") : malformed.getProblem();
        return new Fault(file, line, column, false, tab ? "a tab in the indentation" : what, tab ? "YAML is indented with spaces" : null);
    }

    private Item item(Node node) {
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        int column = node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
        return switch (node) {
            case ScalarNode scalar -> Item.text(file, line, column,
                    scalar.isPlain() && scalar.getValue().isEmpty() ? null : scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
            case SequenceNode list -> new Item(file, line, column, null, false, Map.of(), list.getValue().stream().map(this::item).toList());
            case MappingNode map -> new Item(file, line, column, null, false, entries(map), List.of());
            default -> Item.nothing(file);
        };
    }

    private Map<Item, Item> entries(MappingNode map) {
        Map<Item, Item> entries = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : map.getValue()) {
            Item key = item(tuple.getKeyNode());
            if (!seen.add(String.valueOf(key.text()))) {
                faults.accept(Fault.at(key, "the key '" + key.text() + "' stands here twice", "keep one"));
            }
            entries.put(key, item(tuple.getValueNode()));
        }
        return entries;
    }
}
