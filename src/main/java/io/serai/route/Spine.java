package io.serai.route;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The routes without which a hub is none: it could not hear, answer or deliver. A set without one of them is refused, however it came to be gone. */
final class Spine {

    private static final Map<String, Bone> BONES = new TreeMap<>(Map.of(
            "routes/listen.yaml", new Bone("direct:listen", "nobody would be heard"),
            "routes/answer.yaml", new Bone("work:turns", "nobody would be answered"),
            "routes/deliver.yaml", new Bone("work:parcels", "nothing would be sent")));

    /** @param start what one route starts from, whatever its name */
    private record Bone(String start, String otherwise) {}

    private Spine() {}

    /** Whether the hub does not start when this file cannot run. */
    static boolean holds(String file) {
        return BONES.containsKey(file);
    }

    /** @param known what is wrong already: a file that cannot be read is told of once */
    static void judge(Draft draft, List<Fault> known, Consumer<Fault> faults) {
        BONES.forEach((file, bone) -> {
            boolean there = draft.routes().stream().anyMatch(route -> route.uses().stream().anyMatch(use -> use.isFrom() && use.uri().equals(bone.start())));
            if (!there && known.stream().noneMatch(fault -> fault.file().equals(file) && !fault.warning())) {
                faults.accept(Fault.at(file, 1, "no route starts from '%s': %s".formatted(bone.start(), bone.otherwise()),
                        draft.documents().containsKey(file) ? null : "the file is gone; put it back"));
            }
        });
    }
}
