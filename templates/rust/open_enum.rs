
{{ item.visibility }} enum {{ item.name }} {
{%- for value in values %}{% include "rust/value.rs" %}
{%- endfor %}
    /// A text that the schema does not know.
    {{ fallback }}(String),
}

support::open_enum! {
    {{ item.name }} or {{ fallback }} {
{%- for value in values %}
        {{ value.name }} = {{ value.text }},
{%- endfor %}
    }
}
