{% include "rust/variants.rs" %}

support::tagged! {
    {{ item.name }}, {{ tag }} {
{%- for variant in variants %}
        {{ variant.name }}({{ variant.inner }}) = {{ variant.told_by }},
{%- endfor %}
    }
}
