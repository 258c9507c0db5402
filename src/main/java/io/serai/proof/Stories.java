package io.serai.proof;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of single messages, for people who look for the reason. */
final class Stories {

    private final Journal journal;
    private final Books books;

    Stories(Journal journal, Books books) {
        this.journal = journal;
        this.books = books;
    }

    /** All that is known of one message, or of a row of the books. */
    String story(String what) {
        Map<String, Object> told = new LinkedHashMap<>();
        String number = what;
        if (what.startsWith("parcel ")) {
            number = books.read("select message.text from message join parcel on parcel.reply_id = message.answer_id where parcel.id = ?",
                    Long.valueOf(what.split(" ")[1])).stream().map(row -> (String) row.get("text")).findFirst().orElse(what);
        }
        String message = number;
        told.put("accepted", journal.accepted().stream().filter(one -> one.number().equals(message)).toList());
        told.put("arrivals", journal.arrivals().stream().filter(arrival -> arrival.answered().contains(message)).toList());
        told.put("message", books.read("select id, conversation_id, answer_id, stored_at from message where text = ?", message));
        told.put("reply", books.read("""
                select reply.id, reply.text, reply.author, reply.stored_at from message as asked join message as reply on reply.id = asked.answer_id
                where asked.text = ?
                """, message));
        told.put("parcels", books.read("""
                select parcel.id, parcel.state, parcel.attempts, parcel.epoch, parcel.created_at, begun_at, sent_at, error
                from parcel join message on message.answer_id = parcel.reply_id where message.text = ?
                """, message));
        told.put("dead letters", books.read("""
                select distinct dead_letter.id, queue, reason, dead_letter.attempts, may_have_arrived, died_at from dead_letter
                join message on message.conversation_id = dead_letter.conversation_id left join parcel on parcel.reply_id = message.answer_id
                where message.text = ? and (queue = 'turns' and message.id = any (subjects) or queue = 'parcels' and parcel.id = any (subjects))
                """, message));
        told.put("blows", journal.blows());
        return told.entrySet().stream()
                .map(part -> "    " + part.getKey() + ": " + lines(part.getValue()))
                .collect(Collectors.joining("\n", "  the story of " + what + "\n", "\n"));
    }

    private static String lines(Object part) {
        String text = part.toString();
        return part instanceof List<?> list && list.size() > 1
                ? Arrays.stream(list.toArray()).map(Object::toString).collect(Collectors.joining("\n      ", "\n      ", ""))
                : text;
    }
}
