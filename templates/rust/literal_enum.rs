
{{ item.visibility }} enum {{ item.name }} {
{%- for value in values %}{% include "rust/value.rs" %}
{%- endfor %}
}

support::literal_enum! {
    {{ item.name }} {
{%- for value in values %}
        {{ value.name }} = {{ value.text }},
{%- endfor %}
    }
}
