package io.serai.deliver;

import io.serai.dialect.Dialects;
import io.serai.message.Parcel;
import org.springframework.stereotype.Component;

/** Renders the Markdown of a parcel in the dialect of its channel. */
@Component("format")
class Format {

    public Parcel format(Parcel parcel, String dialect) {
        return parcel.with(Dialects.of(dialect).render(parcel.text()));
    }
}
