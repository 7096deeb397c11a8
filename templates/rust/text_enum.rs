
{{ item.visibility }} enum {{ item.name }} {
{%- for value in values %}{% include "rust/value.rs" %}
{%- endfor %}
}

support::text_enum! {
    {{ item.name }} {
{%- for value in values %}
        {{ value.name }} = {{ value.text }},
{%- endfor %}
    }
}
